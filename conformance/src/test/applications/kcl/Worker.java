import com.amazonaws.services.dynamodbv2.streamsadapter.AmazonDynamoDBStreamsAdapterClient;
import com.amazonaws.services.dynamodbv2.streamsadapter.StreamsSchedulerFactory;
import com.amazonaws.services.dynamodbv2.streamsadapter.adapter.DynamoDBStreamsClientRecord;
import com.amazonaws.services.dynamodbv2.streamsadapter.model.DynamoDBStreamsProcessRecordsInput;
import com.amazonaws.services.dynamodbv2.streamsadapter.polling.DynamoDBStreamsPollingConfig;
import com.amazonaws.services.dynamodbv2.streamsadapter.processor.DynamoDBStreamsShardRecordProcessor;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.worker.metric.OperatingRange;
import software.amazon.kinesis.worker.metric.WorkerMetric;
import software.amazon.kinesis.worker.metric.WorkerMetricType;

/** A worker of the Kinesis Client Library that follows a table's stream from its beginning. */
final class Worker implements AutoCloseable {
  /** How long a worker may be silent before its leases are given to others. */
  private static final long FAIL_OVER_MILLIS = 3_000;

  private static final long LOOK_MILLIS = 200;
  private static final long STOP_SECONDS = 120;

  private final DynamoDbAsyncClient tables;
  private final DynamoDbStreamsClient streams;
  private final CloudWatchAsyncClient metrics;
  private final Scheduler scheduler;
  private final Thread thread;

  /** What the worker is told to do with what it gets; on a thread of the library. */
  interface Follower {
    void records(List<Record> records);

    default void shardEnded() {}
  }

  Worker(URI endpoint, String application, String streamArn, String name, Follower follower) {
    Region region = Region.of(System.getenv("AWS_REGION"));
    DefaultCredentialsProvider credentials = DefaultCredentialsProvider.builder().build();
    tables =
        DynamoDbAsyncClient.builder()
            .endpointOverride(endpoint)
            .region(region)
            .credentialsProvider(credentials)
            .build();
    streams =
        DynamoDbStreamsClient.builder()
            .endpointOverride(endpoint)
            .region(region)
            .credentialsProvider(credentials)
            .build();
    // The library wants one; with no metrics it is never asked.
    metrics =
        CloudWatchAsyncClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:9"))
            .region(region)
            .credentialsProvider(credentials)
            .build();
    scheduler = scheduler(region, application, streamArn, name, follower);
    thread = new Thread(scheduler, name);
    thread.setDaemon(true);
    thread.start();
  }

  private Scheduler scheduler(
      Region region, String application, String streamArn, String name, Follower follower) {
    AmazonDynamoDBStreamsAdapterClient adapter =
        new AmazonDynamoDBStreamsAdapterClient(streams, region);
    ConfigsBuilder configs =
        new ConfigsBuilder(
            StreamsSchedulerFactory.createSingleStreamTracker(
                streamArn,
                InitialPositionInStreamExtended.newInitialPosition(
                    InitialPositionInStream.TRIM_HORIZON)),
            application,
            adapter,
            tables,
            metrics,
            name,
            () -> new Processor(follower));
    LeaseManagementConfig leases = configs.leaseManagementConfig();
    leases.failoverTimeMillis(FAIL_OVER_MILLIS);
    leases
        .workerUtilizationAwareAssignmentConfig()
        .workerMetricList(List.of(new Idle()))
        .workerMetricsReporterFreqInMillis(TimeUnit.SECONDS.toMillis(1));
    DynamoDBStreamsPollingConfig polling =
        new DynamoDBStreamsPollingConfig(adapter).idleTimeBetweenReadsInMillis(LOOK_MILLIS);
    return StreamsSchedulerFactory.createScheduler(
        configs.checkpointConfig(),
        configs.coordinatorConfig().shardConsumerDispatchPollIntervalMillis(LOOK_MILLIS),
        leases,
        configs.lifecycleConfig(),
        configs.metricsConfig().metricsFactory(new NullMetricsFactory()),
        configs.processorConfig(),
        configs.retrievalConfig().retrievalSpecificConfig(polling),
        adapter);
  }

  /** Stops in order: what was processed is checkpointed. */
  @Override
  public void close() throws Exception {
    if (!scheduler.startGracefulShutdown().get(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the worker does not stop in order");
    }
    thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    tables.close();
    streams.close();
    metrics.close();
  }

  /** Of one shard; checkpoints after each batch. */
  private record Processor(Follower follower) implements DynamoDBStreamsShardRecordProcessor {
    @Override
    public void initialize(InitializationInput input) {}

    @Override
    public void processRecords(DynamoDBStreamsProcessRecordsInput input) {
      List<Record> records =
          input.records().stream().map(DynamoDBStreamsClientRecord::getRecord).toList();
      if (!records.isEmpty()) {
        follower.records(records);
        checkpoint(input.checkpointer());
      }
    }

    @Override
    public void leaseLost(LeaseLostInput input) {}

    @Override
    public void shardEnded(ShardEndedInput input) {
      follower.shardEnded();
      checkpoint(input.checkpointer());
    }

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {
      checkpoint(input.checkpointer());
    }

    private static void checkpoint(RecordProcessorCheckpointer checkpointer) {
      try {
        checkpointer.checkpoint();
      } catch (InvalidStateException e) {
        throw new IllegalStateException(e);
      } catch (ShutdownException e) {
        // The lease is another worker's now, who begins at the last checkpoint.
        System.err.println("not checkpointed: " + e.getMessage());
      }
    }
  }

  /** How busy this machine is, told without asking a cloud: not at all. */
  private static final class Idle implements WorkerMetric {
    @Override
    public String getShortName() {
      return WorkerMetricType.CPU.getShortName();
    }

    @Override
    public WorkerMetricValue capture() {
      return WorkerMetricValue.builder().value(1.0).build();
    }

    @Override
    public OperatingRange getOperatingRange() {
      return OperatingRange.builder().maxUtilization(100).build();
    }

    @Override
    public WorkerMetricType getWorkerMetricType() {
      return WorkerMetricType.CPU;
    }
  }
}
