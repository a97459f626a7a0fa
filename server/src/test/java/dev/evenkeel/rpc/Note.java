package dev.evenkeel.rpc;

import java.io.IOException;

/// The message of these tests.
///
/// @param padding bytes behind the number, so that notes can be large
record Note(long number, int padding) {
  static Note of(long number) {
    return new Note(number, 0);
  }

  /// Refuses what the test says is unreadable: a negative number.
  static final class Codec implements MessageCodec<Note> {
    @Override
    public void encode(Note note, MessageOutput out) {
      out.signed(1, note.number);
      out.bytes(2, new byte[note.padding]);
    }

    @Override
    public Note decode(MessageInput in) throws IOException {
      long number = 0;
      int padding = 0;
      while (in.next()) {
        switch (in.field()) {
          case 1 -> number = in.signed();
          case 2 -> padding = in.view().remaining();
          default -> {}
        }
      }
      if (number < 0) {
        throw new IOException("a note of number " + number);
      }
      return new Note(number, padding);
    }
  }
}
