package dev.rolecall.proxy.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testing.RolecallExtension;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each conversation is had twice, directly and through the relay: both ends see the same. */
class LikeDirectTest {

  @RegisterExtension
  static final RolecallExtension ROLECALL = RolecallExtension.forAudience("orders");

  private static final Metadata.Key<String> TEXT =
      Metadata.Key.of("x-test", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<byte[]> BINARY =
      Metadata.Key.of("test-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private static RelayRig rig;

  @BeforeAll
  static void start() {
    rig = new RelayRig(ROLECALL);
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  /**
   * A conversation.
   *
   * @param millis the deadline; 0 for none
   * @param client the client's part, from the call's start on
   */
  record Case(
      String name,
      Script upstream,
      boolean compresses,
      int millis,
      Metadata headers,
      Consumer<Conversation> client) {

    Case(String name, Script upstream, Consumer<Conversation> client) {
      this(name, upstream, false, 0, new Metadata(), client);
    }

    Case compressing() {
      return new Case(name, upstream, true, millis, headers, client);
    }

    Case within(int deadline) {
      return new Case(name, upstream, compresses, deadline, headers, client);
    }

    Case with(Metadata more) {
      return new Case(name, upstream, compresses, millis, more, client);
    }

    CallOptions options() {
      CallOptions options = CallOptions.DEFAULT.withCallCredentials(ROLECALL.as(RelayRig.ROLE));
      CallOptions encoded = compresses ? options.withCompression("gzip") : options;
      return millis == 0 ? encoded : encoded.withDeadlineAfter(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> statuses() {
    List<Case> cases = new ArrayList<>();
    for (Status.Code code : Status.Code.values()) {
      Status status = code.toStatus().withDescription("as the upstream says");
      cases.add(
          new Case(
              code + " after a message", answer(status, extras()), LikeDirectTest::oneMessage));
      cases.add(
          new Case(
              code + " in trailers only",
              Script.atHalfClose(call -> call.close(status, extras())),
              LikeDirectTest::oneMessage));
      cases.add(
          new Case(
              code + " at once",
              Script.atStart(call -> call.close(code.toStatus(), new Metadata())),
              it -> {}));
    }
    for (String text : List.of("", "ärgerlich – 表示 🙂", "100 %25 off\r\nx: y", "x".repeat(4_000))) {
      cases.add(
          new Case(
              "text of " + text.length(),
              answer(Status.ABORTED.withDescription(text), extras()),
              LikeDirectTest::oneMessage));
    }
    return cases.stream();
  }

  static Stream<Case> messages() {
    List<Case> cases = new ArrayList<>();
    for (int size : new int[] {0, 1, 1_023, 16_384, 65_536, 1 << 20, (1 << 20) + 1, 5 << 20}) {
      cases.add(new Case("plain " + size, echo(false), it -> echoed(it, Bytes.of(size), true)));
      cases.add(
          new Case("gzip " + size, echo(true), it -> echoed(it, Bytes.of(size), true))
              .compressing());
      cases.add(
          new Case("gzip up " + size, echo(false), it -> echoed(it, Bytes.of(size), true))
              .compressing());
      cases.add(new Case("gzip down " + size, echo(true), it -> echoed(it, Bytes.of(size), true)));
    }
    cases.add(
        new Case(
                "mixed flags",
                mixedEcho(),
                it -> {
                  for (int i = 0; i < 8; i++) {
                    it.send(Bytes.of(500 + i), i % 3 == 0).awaitMessages(1);
                  }
                  it.halfClose();
                })
            .compressing());
    cases.add(
        new Case(
            "client streams",
            Script.atHalfClose(
                call -> {
                  call.sendHeaders(new Metadata());
                  call.sendMessage(Bytes.of(9));
                  call.close(Status.OK, extras());
                }),
            it -> {
              for (int i = 0; i < 200; i++) {
                it.send(Bytes.of(i));
              }
              it.halfClose();
            }));
    cases.add(
        new Case(
            "server streams",
            Script.atHalfClose(
                call -> {
                  call.sendHeaders(extras());
                  for (int i = 0; i < 200; i++) {
                    call.sendMessage(Bytes.of(i));
                  }
                  call.close(Status.OK, extras());
                }),
            LikeDirectTest::oneMessage));
    cases.add(
        new Case(
            "both stream",
            echo(false),
            it -> {
              for (int i = 0; i < 50; i++) {
                it.send(Bytes.of(i)).awaitMessages(1);
              }
              it.halfClose();
            }));
    cases.add(new Case("headers", echo(false), LikeDirectTest::oneMessage).with(extras()));
    return cases.stream();
  }

  static Stream<Case> ends() {
    Script early =
        Script.atStart(
            call -> {
              call.sendHeaders(new Metadata());
              call.close(Status.OK, extras());
            });
    Script first =
        Script.onMessage(
            (call, message) -> {
              call.sendHeaders(new Metadata());
              call.sendMessage(message);
              call.close(Status.DATA_LOSS, extras());
            });
    return Stream.of(
        new Case("server ends first", early, it -> {}),
        new Case("server ends at the first message", first, it -> it.send(Bytes.of(5))),
        new Case("half-close without a message", echo(false), Conversation::halfClose),
        new Case(
            "client cancels before headers",
            Script.silent(),
            it -> {
              var unused = rig.upstream().seen().headers();
              it.call().cancel("the test's", null);
            }),
        new Case(
            "client cancels in the middle",
            echo(false),
            it -> {
              it.send(Bytes.of(1)).awaitMessages(1);
              it.call().cancel("the test's", null);
            }),
        new Case("deadline before headers", Script.silent(), LikeDirectTest::oneMessage)
            .within(400),
        new Case(
                "deadline in the middle",
                echo(false).thenAtHalfClose(call -> {}),
                LikeDirectTest::oneMessage)
            .within(400));
  }

  @ParameterizedTest
  @MethodSource({"statuses", "messages", "ends"})
  void conversation_throughTheRelay_isAsDirectly(Case conversation) {
    List<String> relayed = have(conversation, rig.relayed());
    List<String> direct = have(conversation, rig.direct());

    assertThat(relayed).isEqualTo(direct);
  }

  private static List<String> have(Case conversation, Channel channel) {
    rig.upstream().answers(conversation.upstream());
    Metadata headers = new Metadata();
    headers.merge(conversation.headers());
    Conversation client =
        Conversation.start(channel, RelayRig.METHOD, conversation.options(), headers);
    conversation.client().accept(client);
    var unused = client.awaitEnd();
    ScriptedUpstream.Seen seen = rig.upstream().seen();
    List<String> all = new ArrayList<>();
    client.events().forEach(event -> all.add("client: " + comparable(event)));
    client.flags().forEach(flag -> all.add("client: " + flag));
    seen.events().forEach(event -> all.add("upstream: " + event));
    seen.flags().forEach(flag -> all.add("upstream: " + flag));
    ScriptedUpstream.Seen.texts(seen.headers()).stream()
        .filter(LikeDirectTest::isForwarded)
        .forEach(header -> all.add("upstream: " + header));
    all.add("upstream: " + seen.end());
    return all;
  }

  /** The texts of gRPC's own statuses name times and addresses, which differ. */
  private static String comparable(String event) {
    return event.startsWith("close DEADLINE_EXCEEDED") && !event.contains("as the upstream says")
        ? "close DEADLINE_EXCEEDED"
        : event;
  }

  private static boolean isForwarded(String header) {
    return !header.startsWith("authorization")
        && !header.startsWith("x-rolecall-")
        && !header.startsWith("grpc-timeout");
  }

  private static void oneMessage(Conversation it) {
    it.send(Bytes.of(100)).halfClose();
  }

  private static void echoed(Conversation it, byte[] message, boolean compressed) {
    it.send(message, compressed).awaitMessages(1).halfClose();
  }

  private static Script answer(Status status, Metadata trailers) {
    return Script.atHalfClose(
        call -> {
          call.sendHeaders(extras());
          call.sendMessage(Bytes.of(7));
          call.close(status, trailers);
        });
  }

  private static Script echo(boolean compressing) {
    return Script.onMessage(ServerCall<byte[], byte[]>::sendMessage)
        .firstAtStart(
            call -> {
              if (compressing) {
                call.setCompression("gzip");
              }
              call.sendHeaders(new Metadata());
            })
        .thenAtHalfClose(call -> call.close(Status.OK, new Metadata()));
  }

  private static Script mixedEcho() {
    return Script.onMessage(
            (call, message) -> {
              call.setMessageCompression(message.length % 2 == 0);
              call.sendMessage(message);
            })
        .firstAtStart(
            call -> {
              call.setCompression("gzip");
              call.sendHeaders(new Metadata());
            })
        .thenAtHalfClose(call -> call.close(Status.OK, new Metadata()));
  }

  private static Metadata extras() {
    Metadata extras = new Metadata();
    extras.put(TEXT, "one");
    extras.put(TEXT, "two, three");
    extras.put(BINARY, "a\0\u00ff".getBytes(UTF_8));
    extras.put(BINARY, new byte[] {0, -1, 1});
    extras.put(DETAILS, new byte[] {8, 5});
    extras.put(Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER), "0f3a-request");
    extras.put(
        Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER),
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    return extras;
  }
}
