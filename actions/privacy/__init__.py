"""Personal data: keys, encrypted fields, fingerprints, retention, access and erasure, and the log of who looked."""
