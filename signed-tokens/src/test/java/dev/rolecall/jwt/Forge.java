package dev.rolecall.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.jwt.key.SigningKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A maker of tokens that no library would write: raw JSON, any bytes, and a good signature. */
final class Forge {

  private Forge() {}

  /** The text of a token over those bytes, whatever they are, signed well. */
  static String token(byte[] header, byte[] payload, SigningKey key) {
    String input = base64(header) + "." + base64(payload);
    return input + "." + base64(key.sign(input.getBytes(UTF_8)));
  }

  static String token(String header, String payload, SigningKey key) {
    return token(header.getBytes(UTF_8), payload.getBytes(UTF_8), key);
  }

  /** The token over parts that are spelled already, signed well. */
  static String spelled(String header, String payload, SigningKey key) {
    String input = header + "." + payload;
    return input + "." + base64(key.sign(input.getBytes(UTF_8)));
  }

  /** A token with that signature. */
  static String signed(String header, String payload, byte[] signature) {
    return base64(header) + "." + base64(payload) + "." + base64(signature);
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  /** An object of members whose values are raw JSON. */
  static final class Raw {

    private final Map<String, String> members = new LinkedHashMap<>();

    Raw with(String name, String json) {
      Raw next = new Raw();
      next.members.putAll(members);
      next.members.put(name, json);
      return next;
    }

    Raw without(String name) {
      Raw next = new Raw();
      next.members.putAll(members);
      next.members.remove(name);
      return next;
    }

    @Override
    public String toString() {
      return members.entrySet().stream()
          .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
          .collect(Collectors.joining(",", "{", "}"));
    }
  }
}
