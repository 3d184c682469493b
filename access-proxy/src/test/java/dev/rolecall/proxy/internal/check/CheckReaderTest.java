package dev.rolecall.proxy.internal.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.rolecall.proxy.envoy.v3.AttributeContext;
import dev.rolecall.proxy.envoy.v3.CheckRequest;
import dev.rolecall.proxy.envoy.v3.HeaderMap;
import dev.rolecall.proxy.envoy.v3.HeaderValue;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protobuf's own messages say what a Check's bytes mean; the reader must say the same. */
class CheckReaderTest {

  private static final int CHECKS = 20_000;
  private static final List<String> NAMES =
      List.of("authorization", "Authorization", "x-a", "grpc-timeout", "", "\u20ac");

  @Test
  void checks_cutAndChanged_areReadAsTheirMessagesAre() {
    Random random = new Random(15);
    int unreadable = 0;
    for (int i = 0; i < CHECKS; i++) {
      byte[] bytes = changed(request(random).toByteArray(), random);
      Optional<CheckRequest> expected = message(bytes);
      Optional<Check> read = read(bytes);

      assertThat(read.isPresent()).as("%d is readable", i).isEqualTo(expected.isPresent());
      if (read.isPresent()) {
        assertSame(read.get(), expected.orElseThrow().getAttributes());
      } else {
        unreadable++;
      }
    }
    assertThat(unreadable).isBetween(CHECKS / 20, CHECKS * 3 / 4);
  }

  @Test
  void check_inSeveralPieces_isOne() {
    byte[] bytes =
        joined(
            check(http().setPath(text("/first"))),
            check(http().setHeaderMap(HeaderMap.newBuilder().addHeaders(header("x-a", "1")))),
            check(http().setPath(text("/last"))));

    Check read = read(bytes).orElseThrow();
    assertThat(read.path()).isEqualTo(text("/last"));
    assertThat(read.headers().values("x-a")).containsExactly("1");
    assertSame(read, message(bytes).orElseThrow().getAttributes());
  }

  @Test
  void credential_twiceInTheMap_isTwo() {
    CheckRequest one = check(http().putHeaders("authorization", text("one")));
    CheckRequest two = check(http().putHeaders("authorization", text("two")));

    assertThat(read(joined(one, two)).orElseThrow().headers().values("authorization"))
        .containsExactly("one", "two");
  }

  @ParameterizedTest
  @ValueSource(bytes = {0x0c, 0x0b, 0x0f, 0x07, 0x02})
  void groupsAndTagsThatAreNone_areUnreadable(byte tag) {
    byte[] bytes = {tag, 1};

    assertThat(read(bytes)).isEmpty();
    assertThat(message(bytes)).isEmpty();
  }

  private static void assertSame(Check read, AttributeContext expected) {
    AttributeContext.HttpRequest http = expected.getRequest().getHttp();
    AttributeContext.SocketAddress socket = expected.getSource().getAddress().getSocketAddress();
    Map<String, String> said = expected.getContextExtensionsMap();
    assertThat(read.path()).isEqualTo(http.getPath());
    assertThat(read.source())
        .isEqualTo(
            new Check.Source(
                socket.getAddress(), socket.getPortValue(), expected.getSource().getCertificate()));
    assertThat(read.route())
        .isEqualTo(
            new RouteContext(
                said.getOrDefault("audience", ""),
                "true".equals(said.get("keep_authorization")),
                said.getOrDefault("rolecall_warm_up", "")));
    lines(http)
        .forEach(
            (name, values) -> {
              List<String> found = read.headers().values(name);
              // An entry of the map that comes twice stays two.
              assertThat(found).containsAll(values).hasSizeGreaterThanOrEqualTo(values.size());
            });
  }

  private static Map<String, List<String>> lines(AttributeContext.HttpRequest http) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    http.getHeaderMap()
        .getHeadersList()
        .forEach(
            each ->
                add(
                    lines,
                    each.getKey(),
                    each.getRawValue().isEmpty() ? each.getValue() : each.getRawValue()));
    http.getHeadersMap().forEach((name, value) -> add(lines, name, value));
    return lines;
  }

  private static void add(Map<String, List<String>> lines, String name, ByteString value) {
    lines
        .computeIfAbsent(name.toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
        .add(value.toString(ISO_8859_1));
  }

  private static CheckRequest request(Random random) {
    AttributeContext.HttpRequest.Builder http = http().setPath(text("/a.B/C"));
    HeaderMap.Builder map = HeaderMap.newBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      HeaderValue.Builder header = header(name(random), "value").toBuilder();
      map.addHeaders(random.nextBoolean() ? header : header.setRawValue(text("raw")));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      http.putHeaders(name(random), text("mapped"));
    }
    AttributeContext.SocketAddress.Builder socket =
        AttributeContext.SocketAddress.newBuilder()
            .setAddress("192.0.2.1")
            .setPortValue(random.nextInt());
    AttributeContext.Builder attributes =
        AttributeContext.newBuilder()
            .setSource(
                AttributeContext.Peer.newBuilder()
                    .setCertificate(text("pem"))
                    .setAddress(AttributeContext.Address.newBuilder().setSocketAddress(socket)))
            .setRequest(AttributeContext.Request.newBuilder().setHttp(http.setHeaderMap(map)))
            .putContextExtensions("audience", "orders")
            .setUnknownFields(unknown(random));
    if (random.nextBoolean()) {
      attributes.putContextExtensions("keep_authorization", "true");
    }
    return CheckRequest.newBuilder().setAttributes(attributes).build();
  }

  /** Fields that Envoy has and Rolecall does not read, one of them a group. */
  private static UnknownFieldSet unknown(Random random) {
    return UnknownFieldSet.newBuilder()
        .addField(2, UnknownFieldSet.Field.newBuilder().addLengthDelimited(text("x")).build())
        .addField(12, UnknownFieldSet.Field.newBuilder().addVarint(random.nextLong()).build())
        .addField(
            20,
            UnknownFieldSet.Field.newBuilder()
                .addGroup(UnknownFieldSet.getDefaultInstance())
                .addFixed32(1)
                .addFixed64(1)
                .build())
        .build();
  }

  private static byte[] changed(byte[] bytes, Random random) {
    byte[] changed = bytes;
    switch (random.nextInt(4)) {
      case 0 -> changed = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> changed[random.nextInt(bytes.length)] = (byte) random.nextInt();
      case 2 -> changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      default -> {}
    }
    return changed;
  }

  private static String name(Random random) {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private static AttributeContext.HttpRequest.Builder http() {
    return AttributeContext.HttpRequest.newBuilder();
  }

  private static HeaderValue header(String name, String value) {
    return HeaderValue.newBuilder().setKey(name).setValue(text(value)).build();
  }

  private static ByteString text(String text) {
    return ByteString.copyFromUtf8(text);
  }

  private static CheckRequest check(AttributeContext.HttpRequest.Builder http) {
    return CheckRequest.newBuilder()
        .setAttributes(
            AttributeContext.newBuilder()
                .setRequest(AttributeContext.Request.newBuilder().setHttp(http)))
        .build();
  }

  private static byte[] joined(CheckRequest... pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (CheckRequest each : pieces) {
      all.writeBytes(each.toByteArray());
    }
    return all.toByteArray();
  }

  private static Optional<CheckRequest> message(byte[] bytes) {
    try {
      return Optional.of(CheckRequest.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private static Optional<Check> read(byte[] bytes) {
    try {
      return Optional.of(CheckReader.read(bytes));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }
}
