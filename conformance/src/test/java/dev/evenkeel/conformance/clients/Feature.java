package dev.evenkeel.conformance.clients;

import java.util.Arrays;

/// What an application does with a client. A row of the table.
enum Feature {
  CREATE_TABLE("create table"),
  PUT_AND_GET("put and get"),
  UPDATE("update"),
  DELETE("delete"),
  CONDITION("condition"),
  QUERY("query"),
  SCAN("scan"),
  PAGINATE("paginate"),
  BATCH_GET("batch get"),
  BATCH_WRITE("batch write"),
  LOCAL_INDEX("local index"),
  GLOBAL_INDEX("global index"),
  INDEX_ADDED_LATER("index added later"),
  TRANSACT_WRITE("transact write"),
  TRANSACT_GET("transact get"),
  TIME_TO_LIVE("time to live"),
  STREAM("stream"),
  PARTIQL("PartiQL"),
  DELETE_TABLE("delete table"),
  /// What the client is for beyond all that, which the table's notes name.
  ITS_OWN("its own");

  private final String label;

  Feature(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  static Feature labelled(String label) {
    return Arrays.stream(values())
        .filter(feature -> feature.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such feature: " + label));
  }
}
