package dev.rolecall.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.json.JsonReading;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.json.ObjectBuilder;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySearch;
import dev.rolecall.jwt.key.KeySet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One case of Project Wycheproof (C2SP/wycheproof, testvectors_v1).
 *
 * @param file the name of its file, less {@code _test.json}
 * @param id its number in the file
 * @param text the token, in whatever form
 * @param valid whether a library with all of JOSE accepts it
 * @param keys the document with the keys of its group
 */
record WycheproofVector(String file, long id, String text, boolean valid, JsonValue.Members keys) {

  static final String ACCEPTED = "accepted";

  private static final JsonLimits OF_FILES = new JsonLimits(1_000_000, 32, 10_000, 20);

  /** The cases of a file. */
  static List<WycheproofVector> in(Path folder, String file) {
    try {
      return read(Files.readAllBytes(folder.resolve(file + "_test.json")))
          .flatMap(group -> of(file, group))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<JsonValue.Members> read(byte[] json) {
    return JsonReading.of(json, OF_FILES)
        .fold(
            file -> objects(file, "testGroups"),
            flaw -> {
              throw new AssertionError(flaw.words());
            });
  }

  private static Stream<JsonValue.Members> objects(JsonValue.Members parent, String name) {
    return ((JsonValue.Items) parent.get(name).orElseThrow())
        .values().stream().map(JsonValue.Members.class::cast);
  }

  private static Stream<WycheproofVector> of(String file, JsonValue.Members group) {
    JsonValue.Members key =
        (JsonValue.Members) group.get("public").or(() -> group.get("private")).orElseThrow();
    JsonValue.Members keys =
        key.has("keys")
            ? key
            : new ObjectBuilder().put("keys", new JsonValue.Items(List.of(key))).build();
    return objects(group, "tests").map(test -> of(file, test, keys));
  }

  private static WycheproofVector of(String file, JsonValue.Members test, JsonValue.Members keys) {
    JsonValue token = test.get("jws").or(() -> test.get("jwe")).orElseThrow();
    return new WycheproofVector(
        file,
        test.whole("tcId").orElseThrow(),
        token instanceof JsonValue.Text compact
            ? compact.value()
            : new String(((JsonValue.Members) token).toJson(), UTF_8),
        test.text("result").orElseThrow().equals("valid"),
        keys);
  }

  /** What becomes of it as a token whose payload must be claims. */
  String judgedAsToken() {
    return CompactToken.read(text, TokenLimits.standard())
        .fold(
            token ->
                find(token.header())
                    .fold(
                        key ->
                            SignatureCheck.verify(token, key).isPresent() ? ACCEPTED : "SIGNATURE",
                        Enum::name),
            malformed -> malformed.flaw().name());
  }

  /** What becomes of it where the payload may be any bytes, as those of the vectors are. */
  String judgedAsSignature() {
    Optional<TokenFlaw> shape = TokenParts.flaw(text, TokenLimits.standard());
    if (shape.isPresent()) {
      return shape.get().name();
    }
    return TokenParts.decode(text).map(this::judged).orElse(TokenFlaw.BASE64.name());
  }

  private String judged(TokenParts parts) {
    return JsonReading.of(parts.header, TokenLimits.standard().header())
        .fold(
            header ->
                HeaderReader.flaw(header)
                    .map(Enum::name)
                    .orElseGet(() -> judged(parts, HeaderReader.header(header))),
            flaw -> TokenFlaw.HEADER_JSON.name());
  }

  private String judged(TokenParts parts, TokenHeader header) {
    return find(header)
        .fold(
            key ->
                key.verify(header.algorithm(), parts.signingInput, parts.signature)
                    ? ACCEPTED
                    : "SIGNATURE",
            Enum::name);
  }

  private KeySearch find(TokenHeader header) {
    KeySet set = Readings.keys(keys.toJson());
    return set.find(header.kid(), header.algorithm(), EnumSet.allOf(Algorithm.class));
  }

  @Override
  public String toString() {
    return file + " " + id;
  }
}
