"""One module for each command of `kg`, with the click command under the name `command`; see `kg.cli.COMMANDS`."""
