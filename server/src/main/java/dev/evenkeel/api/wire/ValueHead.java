package dev.evenkeel.api.wire;

import dev.evenkeel.codec.ItemReader;

/// How an attribute value begins: all of it where its type says all.
enum ValueHead {
  S("{\"S\":\""),
  N("{\"N\":\""),
  B("{\"B\":\""),
  TRUE("{\"BOOL\":true}"),
  FALSE("{\"BOOL\":false}"),
  NULL("{\"NULL\":true}"),
  SS("{\"SS\":["),
  NS("{\"NS\":["),
  BS("{\"BS\":["),
  L("{\"L\":["),
  M("{\"M\":");

  private final String json;

  ValueHead(String json) {
    this.json = json;
  }

  /// As it goes into an answer: ASCII.
  String json() {
    return json;
  }

  /// That of the value which the reader stands before, whose tag it then has behind it.
  static ValueHead next(ItemReader in) {
    ValueHead head =
        switch (in.type()) {
          case S -> S;
          case N -> N;
          case B -> B;
          case BOOL -> in.bool() ? TRUE : FALSE;
          case NULL -> NULL;
          case SS -> SS;
          case NS -> NS;
          case BS -> BS;
          case L -> L;
          case M -> M;
        };
    if (head != TRUE && head != FALSE) {
      in.skipTag();
    }
    return head;
  }
}
