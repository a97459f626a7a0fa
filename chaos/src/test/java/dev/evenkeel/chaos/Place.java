package dev.evenkeel.chaos;

import java.io.IOException;
import java.net.Socket;
import java.util.List;

/// A network that processes run in, and how to get there.
interface Place {
  /// This machine's own.
  Place HERE =
      new Place() {
        @Override
        public String host() {
          return "127.0.0.1";
        }

        @Override
        public List<String> prefix() {
          return List.of();
        }

        @Override
        public Socket socket() {
          return new Socket();
        }
      };

  /// The address at which processes in other places reach those in this one.
  String host();

  /// What to put before a command so that it runs there, in the process that was started.
  List<String> prefix();

  /// A socket of that network, connected to nobody.
  Socket socket() throws IOException;
}
