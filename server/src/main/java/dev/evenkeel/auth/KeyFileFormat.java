package dev.evenkeel.auth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The content of `access-keys.json`; the format is in the package's specification.
final class KeyFileFormat {
  private static final int VERSION = 1;
  private static final JsonFactory JSON = new JsonFactory();

  private KeyFileFormat() {}

  static byte[] format(Collection<AccessKey> keys, SecretBox box) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeNumberProperty("version", VERSION);
      json.writeArrayPropertyStart("keys");
      for (AccessKey key : keys) {
        SecretBox.Sealed sealed = box.seal(key.secret(), key.id());
        json.writeStartObject();
        json.writeStringProperty("id", key.id());
        json.writeNumberProperty("created", key.created().getEpochSecond());
        json.writeBinaryProperty("nonce", sealed.nonce());
        json.writeBinaryProperty("secret", sealed.text());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /// @throws IOException when the content has another form, or a secret does not open
  static List<AccessKey> parse(byte[] content, SecretBox box) throws IOException {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), content)) {
      require(json.nextToken() == JsonToken.START_OBJECT, "no object");
      List<AccessKey> keys = null;
      int version = 0;
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "version" -> version = json.getIntValue();
          case "keys" -> keys = keys(json, box);
          default -> json.skipChildren();
        }
      }
      require(version == VERSION, "it has format version " + version + ", this program reads 1");
      if (keys == null) {
        throw new IOException("it holds no list of keys");
      }
      return keys;
    } catch (JacksonException e) {
      throw new IOException("it is not well-formed JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static List<AccessKey> keys(JsonParser json, SecretBox box) throws IOException {
    require(json.currentToken() == JsonToken.START_ARRAY, "its keys are not a list");
    List<AccessKey> keys = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      keys.add(key(json, box));
    }
    return keys;
  }

  private static AccessKey key(JsonParser json, SecretBox box) throws IOException {
    String id = null;
    long created = 0;
    byte[] nonce = null;
    byte[] secret = null;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "id" -> id = json.getString();
        case "created" -> created = json.getLongValue();
        case "nonce" -> nonce = json.getBinaryValue();
        case "secret" -> secret = json.getBinaryValue();
        default -> json.skipChildren();
      }
    }
    String owner = present(id, "id");
    SecretBox.Sealed sealed =
        new SecretBox.Sealed(present(nonce, "nonce"), present(secret, "secret"));
    return new AccessKey(owner, box.open(sealed, owner), Instant.ofEpochSecond(created));
  }

  private static <T> T present(@Nullable T value, String member) throws IOException {
    if (value == null) {
      throw new IOException("a key in it has no " + member);
    }
    return value;
  }

  private static void require(boolean condition, String otherwise) throws IOException {
    if (!condition) {
      throw new IOException(otherwise);
    }
  }
}
