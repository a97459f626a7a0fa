package dev.evenkeel.simulation;

import dev.evenkeel.replica.NodeMessage;
import dev.evenkeel.replica.NodeMessageCodec;
import dev.evenkeel.rpc.MessageCodec;
import dev.evenkeel.rpc.MessageInput;
import dev.evenkeel.rpc.MessageOutput;
import java.io.IOException;

/// Messages between nodes as they are in the memory of who received them: see
/// [ZonedRegion#whenReceived].
final class ReceivedMessages implements MessageCodec<NodeMessage> {
  private final ZonedRegion region;
  private final NodeMessageCodec codec = new NodeMessageCodec();

  ReceivedMessages(ZonedRegion region) {
    this.region = region;
  }

  @Override
  public void encode(NodeMessage message, MessageOutput out) {
    codec.encode(message, out);
  }

  @Override
  public NodeMessage decode(MessageInput in) throws IOException {
    return region.received(codec.decode(in));
  }
}
