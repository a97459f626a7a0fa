package dev.evenkeel.api.wire;

import dev.evenkeel.model.ApiException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A structure of named members: the input of an operation, or a part of one. Declared once, as a
/// constant, in the order of the service model; members are checked in that order.
public final class Structure extends Shape<Members> {
  private final String name;
  private final List<Member<?>> members;
  private final Map<String, Member<?>> byName;

  /// Shared by all that have no member, so that a body of millions of `{}` stays small in memory.
  private final Members none;

  private Structure(String name, List<Member<?>> members) {
    this.name = name;
    this.members = List.copyOf(members);
    this.none = new Members(this, members.size());
    this.byName = HashMap.newHashMap(members.size());
    for (Member<?> member : members) {
      if (byName.put(member.name(), member) != null) {
        throw new IllegalArgumentException(name + " has two members named " + member);
      }
    }
  }

  /// @param name its name in the service model
  public static Builder of(String name) {
    return new Builder(name);
  }

  /// The name in the service model.
  public String name() {
    return name;
  }

  /// In the order of declaration.
  public List<Member<?>> members() {
    return members;
  }

  /// Reads and checks the body of a request.
  ///
  /// @throws ApiException a SerializationException or a ValidationException, see the package
  public Members read(byte[] body) {
    Members read = parse(body);
    Violations violations = new Violations();
    check(read, violations);
    violations.throwAny();
    return read;
  }

  private Members parse(byte[] body) {
    try (JsonParser parser = Json.parser(body)) {
      @Nullable JsonToken first = parser.nextToken();
      if (first == null) {
        throw Json.malformed();
      }
      Members read = read(parser, true);
      if (parser.nextToken() != null) {
        throw Json.malformed();
      }
      return read;
    } catch (JacksonException _) {
      throw Json.malformed();
    }
  }

  @Override
  Members read(JsonParser parser, boolean element) {
    switch (parser.currentToken()) {
      case START_OBJECT -> {}
      case START_ARRAY -> throw Json.unexpectedList("class " + javaType());
      case null, default -> throw Json.unexpectedScalar(element);
    }
    Members read = none;
    long seen = 0;
    for (@Nullable String at = parser.nextName(); at != null; at = parser.nextName()) {
      @Nullable Member<?> member = byName.get(at);
      JsonToken token = parser.nextToken();
      if (member == null) {
        parser.skipChildren();
        continue;
      }
      long bit = 1L << member.ordinal;
      if ((seen & bit) != 0) {
        throw Json.duplicate(at);
      }
      seen |= bit;
      if (token != JsonToken.VALUE_NULL) {
        read = read == none ? new Members(this, members.size()) : read;
        read.set(member, value(member, parser));
      }
    }
    return read;
  }

  @Override
  List<String> constraints() {
    return List.of();
  }

  @Override
  @Nullable String violated(Members value) {
    return null;
  }

  @Override
  void checkWithin(Members value, Violations violations) {
    for (Member<?> member : members) {
      check(value, member, violations);
    }
  }

  @Override
  String javaType() {
    return Json.modelClass(name);
  }

  @Override
  public String shown(Members value) {
    StringBuilder text = new StringBuilder(name).append('(');
    for (Member<?> member : members) {
      text.append(text.charAt(text.length() - 1) == '(' ? "" : ", ")
          .append(Json.lowerCamel(member.name()))
          .append('=')
          .append(shown(value, member));
    }
    return text.append(')').toString();
  }

  boolean owns(Member<?> member) {
    return member.ordinal < members.size() && members.get(member.ordinal) == member;
  }

  private static <T> Object value(Member<T> member, JsonParser parser) {
    return member.shape().read(parser, false);
  }

  private static <T> void check(Members values, Member<T> member, Violations violations) {
    @Nullable T value = values.raw(member);
    if (value == null && !member.required()) {
      return;
    }
    violations.enter(member);
    if (value == null) {
      violations.addAbsent();
    } else {
      member.shape().check(value, violations);
      @Nullable ApiException problem = violations.takePostponed();
      if (problem != null) {
        values.refuse(member, problem);
      }
    }
    violations.leave();
  }

  private static <T> String shown(Members values, Member<T> member) {
    @Nullable T value = values.raw(member);
    return value == null ? "null" : member.shape().shown(value);
  }

  /// Collects the members of a structure.
  public static final class Builder {
    /// Members seen are bits of a long.
    private static final int MEMBERS_MAX = Long.SIZE;

    private final String name;
    private final List<Member<?>> members = new ArrayList<>();

    private Builder(String name) {
      this.name = name;
    }

    /// Declares a member that every request must have.
    public <T> Member<T> required(String member, Shape<T> shape) {
      return add(member, shape, true);
    }

    /// Declares a member that a request may have.
    public <T> Member<T> optional(String member, Shape<T> shape) {
      return add(member, shape, false);
    }

    public Structure build() {
      return new Structure(name, members);
    }

    private <T> Member<T> add(String member, Shape<T> shape, boolean required) {
      if (members.size() == MEMBERS_MAX) {
        throw new IllegalArgumentException(name + " has more members than are supported");
      }
      Member<T> added = new Member<>(member, shape, required, members.size());
      members.add(added);
      return added;
    }
  }
}
