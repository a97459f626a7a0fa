package dev.evenkeel.rpc;

import java.io.IOException;

/// Messages as bytes, in protobuf's wire format. Used by several threads at a time.
///
/// What a reader does not know it skips, and a field that is missing has a default; so a message
/// may gain fields without a new version. Numbers of fields are never used again.
///
/// @param <M> the messages
public interface MessageCodec<M> {
  /// Writes the message's fields. A message longer than a frame is a bug of the caller.
  void encode(M message, MessageOutput out);

  /// Reads the fields until [MessageInput#next] is false.
  ///
  /// @throws IOException when the bytes are not such a message
  M decode(MessageInput in) throws IOException;
}
