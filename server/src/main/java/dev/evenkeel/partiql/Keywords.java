package dev.evenkeel.partiql;

import java.util.Set;

/// Words that are no attribute's or table's name unless in double quotes: those of SQL-92 and of
/// PartiQL, without SQL's parts of dates.
///
/// Source: [PartiQL specification](https://partiql.org/assets/PartiQL-Specification.pdf), chapter
/// 14: lexical structure and reserved words
final class Keywords {
  private static final String SQL =
      """
      absolute action add all allocate alter and any are as asc assertion at authorization avg
      begin between bit bit_length by cascade cascaded case cast catalog char char_length
      character character_length check close coalesce collate collation column commit connect
      connection constraint constraints continue convert corresponding count create cross current
      current_date current_time current_timestamp current_user cursor date deallocate dec decimal
      declare default deferrable deferred delete desc describe descriptor diagnostics disconnect
      distinct domain double drop else end end-exec escape except exception exec execute exists
      external extract false fetch first float for foreign found from full get global go goto grant
      group having identity immediate in indicator initially inner input insensitive insert int
      integer intersect interval into is isolation join key language last left level like local
      lower match max min module names national natural nchar next no not null nullif numeric
      octet_length of on only open option or order outer output overlaps pad partial position
      precision prepare preserve primary prior privileges procedure public read real references
      relative restrict revoke right rollback rows schema scroll section select session
      session_user set size smallint some space sql sqlcode sqlerror sqlstate substring sum
      system_user table temporary then time timestamp to transaction translate translation trim
      true union unique unknown update upper usage user using value values varchar varying view
      when whenever where with work write zone
      """;
  private static final String PARTIQL =
      """
      bag blob bool boolean clob index let limit list missing pivot remove sexp string struct
      symbol tuple unpivot
      """;
  private static final Set<String> ALL = Set.of((SQL + PARTIQL).strip().split("\\s+"));

  private Keywords() {}

  /// @param word in lower case
  static boolean contains(String word) {
    return ALL.contains(word);
  }
}
