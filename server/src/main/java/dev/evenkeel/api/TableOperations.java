package dev.evenkeel.api;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.router.Catalogue;
import dev.evenkeel.router.TableStatistics;
import java.util.List;
import java.util.function.Supplier;

/// All operations on tables, tags and the service itself, each on virtual threads.
public final class TableOperations {
  private TableOperations() {}

  /// Operations that answer as soon as the catalogue has changed.
  ///
  /// @param address host and port of this endpoint, as clients reach it
  public static List<Operation> of(
      Environment environment,
      Catalogue catalogue,
      TableStatistics statistics,
      Arns arns,
      Supplier<String> address) {
    return of(environment, catalogue, statistics, arns, address, Settling.none());
  }

  /// Operations that answer when autoadmin has taken its step too, as long as that is soon.
  ///
  /// @param address host and port of this endpoint, as clients reach it
  public static List<Operation> settled(
      Environment environment,
      Catalogue catalogue,
      TableStatistics statistics,
      Arns arns,
      Supplier<String> address) {
    Settling settling = Settling.of(environment.tasks(), catalogue);
    return of(environment, catalogue, statistics, arns, address, settling);
  }

  private static List<Operation> of(
      Environment environment,
      Catalogue catalogue,
      TableStatistics statistics,
      Arns arns,
      Supplier<String> address,
      Settling settling) {
    TableJson json = new TableJson(statistics, environment.clock());
    List<Operation.Blocking> operations =
        List.of(
            new CreateTable(environment, catalogue, arns, json, settling),
            new DescribeTable(catalogue, json),
            new UpdateTable(environment.clock(), catalogue, json, settling),
            new DeleteTable(catalogue, json, settling),
            new ListTables(catalogue),
            new TagResource(catalogue),
            new UntagResource(catalogue),
            new ListTagsOfResource(catalogue),
            new DescribeLimits(),
            new DescribeEndpoints(address),
            new DescribeTimeToLive(catalogue),
            new UpdateTimeToLive(catalogue, settling),
            new DescribeContinuousBackups(catalogue),
            new UpdateContinuousBackups(catalogue),
            new DescribeContributorInsights(catalogue),
            new DescribeKinesisStreamingDestination(catalogue));
    return operations.stream()
        .map(operation -> Operation.onVirtualThread(operation, environment.tasks()))
        .toList();
  }
}
