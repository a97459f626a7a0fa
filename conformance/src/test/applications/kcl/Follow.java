import java.net.URI;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * One worker that follows a stream and prints of each record its sequence number, the table's
 * partition key and the attribute `v`, between tabs: run.sh Follow ENDPOINT APPLICATION STREAM_ARN
 * NAME. What it has printed it checkpoints. It stops in order when its input ends.
 */
final class Follow {
  private final String key;
  private final String value;

  private Follow(String key, String value) {
    this.key = key;
    this.value = value;
  }

  public static void main(String[] arguments) throws Exception {
    Follow follow = new Follow("name", "v");
    try (Worker worker =
        new Worker(
            URI.create(arguments[0]),
            arguments[1],
            arguments[2],
            arguments[3],
            records -> {
              records.forEach(follow::print);
              System.out.flush();
            })) {
      while (System.in.read() >= 0) {}
    }
    System.exit(0);
  }

  private void print(Record record) {
    System.out.println(
        String.join(
            "\t",
            record.dynamodb().sequenceNumber(),
            record.dynamodb().keys().get(key).s(),
            record.dynamodb().newImage().get(value).s()));
  }
}
