"""Events and webinars: when and where, who asked for a place, and the mails that they get. Nobody is listed."""
