package dev.rolecall.tests.attacks;

import static dev.rolecall.tests.attacks.HostileCase.asking;
import static dev.rolecall.tests.attacks.HostileCase.local;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Frames in an order, of a size or with an encoding that no honest client uses. */
final class FrameAttacks {

  private static final String AMBIGUOUS = "UNAUTHENTICATED CREDENTIALS_AMBIGUOUS";
  private static final String MALFORMED = "UNAUTHENTICATED CREDENTIAL_MALFORMED";
  private static final String MISSING = "UNAUTHENTICATED CREDENTIAL_MISSING";
  private static final String PROTOCOL_ERROR = "GOAWAY PROTOCOL_ERROR";

  private FrameAttacks() {}

  static Stream<HostileCase> all() {
    return Stream.of(late(), continued(), sizes(), hpack(), orders()).flatMap(cases -> cases);
  }

  private static Stream<HostileCase> late() {
    return Stream.of(
        local(
            // The transport sees a second request without a path, the guard the first without a
            // proof.
            MISSING + " or HTTP 404 UNIMPLEMENTED",
            "the proof in trailers",
            scene -> {
              int stream = scene.hostile().newStream();
              HeaderBlock trailers = HeaderBlock.empty().authorization(scene.good());
              return scene.send(
                  stream,
                  Frame.headers(stream, HeaderBlock.say()),
                  Frame.message(stream, 3, false),
                  Frame.request(stream, trailers));
            }),
        local(
            MISSING + " or RST_STREAM PROTOCOL_ERROR",
            "the proof in a second block of headers",
            scene -> {
              int stream = scene.hostile().newStream();
              return scene.send(
                  stream,
                  Frame.headers(stream, HeaderBlock.say()),
                  Frame.headers(stream, HeaderBlock.sayWith(scene.good())),
                  Frame.message(stream, 3, true));
            }),
        asking(
            "UNAUTHENTICATED ISSUER_REFUSED",
            "messages before the verdict on a forged proof",
            scene -> {
              int stream = scene.hostile().newStream();
              return scene.send(
                  stream,
                  Frame.headers(stream, HeaderBlock.sayWith(scene.forged())),
                  Frame.message(stream, 1_000, false),
                  Frame.message(stream, 1_000, false),
                  Frame.message(stream, 1_000, true));
            }),
        asking(
            "PERMISSION_DENIED METHOD_NOT_ALLOWED",
            "messages before the verdict on a role that may not call",
            scene -> {
              int stream = scene.hostile().newStream();
              return scene.send(
                  stream,
                  Frame.headers(stream, HeaderBlock.sayWith(scene.forbidden())),
                  Frame.message(stream, 1_000, true));
            }),
        local(
            MISSING,
            "no proof, on a connection whose caller is known",
            scene -> {
              scene.call(HeaderBlock.sayWith(scene.forbidden()));
              return scene.call(HeaderBlock.say());
            }));
  }

  private static Stream<HostileCase> continued() {
    return Stream.of(
        local(
            AMBIGUOUS,
            "a second proof in a CONTINUATION frame",
            scene ->
                inTwoFrames(
                    scene,
                    HeaderBlock.sayWith("nobody"),
                    HeaderBlock.empty().authorization(scene.good()))),
        local(
            AMBIGUOUS,
            "a field cut in two by frames, and another",
            scene -> {
              byte[] whole = HeaderBlock.sayWith(scene.good()).authorization(scene.good()).bytes();
              int half = whole.length / 2;
              int stream = scene.hostile().newStream();
              return scene.send(
                  stream,
                  new Frame(Frame.HEADERS, Frame.END_STREAM, stream, Arrays.copyOf(whole, half)),
                  new Frame(
                      Frame.CONTINUATION,
                      Frame.END_HEADERS,
                      stream,
                      Arrays.copyOfRange(whole, half, whole.length)));
            }),
        local(
            PROTOCOL_ERROR,
            "another stream's headers before the CONTINUATION",
            scene -> {
              int first = scene.hostile().newStream();
              int second = scene.hostile().newStream();
              return scene.send(
                  first,
                  new Frame(Frame.HEADERS, 0, first, HeaderBlock.say().bytes()),
                  Frame.request(second, HeaderBlock.say()),
                  continuation(first, HeaderBlock.empty().authorization(scene.good())));
            }),
        local(
            PROTOCOL_ERROR,
            "a CONTINUATION of another stream",
            scene -> {
              int first = scene.hostile().newStream();
              return scene.send(
                  first,
                  new Frame(Frame.HEADERS, 0, first, HeaderBlock.say().bytes()),
                  continuation(first + 2, HeaderBlock.empty().authorization(scene.good())));
            }),
        local(
            PROTOCOL_ERROR,
            "a CONTINUATION of nothing",
            scene -> {
              int stream = scene.hostile().newStream();
              return scene.send(stream, continuation(stream, HeaderBlock.sayWith(scene.good())));
            }),
        local(
            "GOAWAY ENHANCE_YOUR_CALM",
            "CONTINUATION frames without end, all empty",
            scene -> {
              int stream = scene.hostile().newStream();
              Frame empty = new Frame(Frame.CONTINUATION, 0, stream, new byte[0]);
              return scene.send(
                  stream,
                  Stream.concat(
                          Stream.of(new Frame(Frame.HEADERS, 0, stream, HeaderBlock.say().bytes())),
                          IntStream.range(0, 1_000).mapToObj(i -> empty))
                      .toArray(Frame[]::new));
            }));
  }

  private static Told inTwoFrames(Scene scene, HeaderBlock first, HeaderBlock second) {
    int stream = scene.hostile().newStream();
    return scene.send(
        stream,
        new Frame(Frame.HEADERS, Frame.END_STREAM, stream, first.bytes()),
        continuation(stream, second));
  }

  private static Frame continuation(int stream, HeaderBlock block) {
    return new Frame(Frame.CONTINUATION, Frame.END_HEADERS, stream, block.bytes());
  }

  private static Stream<HostileCase> sizes() {
    return Stream.of(
        local(
            "HTTP 431 without a status",
            "headers above 8 KiB",
            scene -> scene.call(HeaderBlock.sayWith("A".repeat(8_500)))),
        local(
            PROTOCOL_ERROR,
            "headers above 10 KiB",
            scene -> scene.call(HeaderBlock.sayWith("A".repeat(11_000)))),
        local(
            PROTOCOL_ERROR,
            "thousands of small headers, the proof the last",
            scene -> {
              HeaderBlock block = HeaderBlock.say();
              IntStream.range(0, 2_000).forEach(i -> block.add("a", "b"));
              return scene.call(block.authorization(scene.good()));
            }),
        local(
            MALFORMED,
            "a proof of 5,121 characters",
            scene -> {
              String good = scene.good();
              return scene.call(HeaderBlock.sayWith(good + "A".repeat(5_121 - good.length())));
            }),
        local(
            "GOAWAY FRAME_SIZE_ERROR",
            "a frame above the largest size",
            scene -> {
              int stream = scene.hostile().newStream();
              return scene.send(
                  stream, Frame.request(stream, HeaderBlock.sayWith("A".repeat(20_000))));
            }),
        local(
            PROTOCOL_ERROR,
            "padding longer than the frame",
            scene -> {
              int stream = scene.hostile().newStream();
              return scene.send(
                  stream,
                  new Frame(
                      Frame.HEADERS,
                      Frame.END_HEADERS | Frame.END_STREAM | Frame.PADDED,
                      stream,
                      new byte[] {100, 0, 0}));
            }));
  }

  private static Stream<HostileCase> hpack() {
    return Stream.of(
        local(
            "HTTP 431 without a status",
            "one large field remembered, then named a thousand times",
            scene -> {
              HeaderBlock block = HeaderBlock.say().remember("a", "b".repeat(3_000));
              IntStream.range(0, 1_000).forEach(i -> block.again(0));
              return scene.call(block.authorization(scene.good()));
            }),
        bytes(
            "GOAWAY COMPRESSION_ERROR",
            "a table of a gigabyte",
            HeaderBlock.empty().tableSize(1 << 30)),
        bytes(
            "GOAWAY COMPRESSION_ERROR",
            "a field that nobody remembered",
            HeaderBlock.say().again(0)),
        bytes("GOAWAY COMPRESSION_ERROR", "index 0", HeaderBlock.say().raw(0x80)),
        bytes(
            "GOAWAY COMPRESSION_ERROR",
            "a number without end",
            HeaderBlock.say().raw(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)),
        bytes(
            "GOAWAY COMPRESSION_ERROR",
            "a text longer than its block",
            HeaderBlock.say().raw(0x00, 0x01, 'a', 0x7e, 'b')),
        bytes(
            "GOAWAY COMPRESSION_ERROR",
            "Huffman code with the end in it",
            HeaderBlock.say().raw(0x00, 0x01, 'a', 0x84, 0xff, 0xff, 0xff, 0xff)));
  }

  private static HostileCase bytes(String told, String name, HeaderBlock block) {
    return local(told, name, scene -> scene.call(block));
  }

  private static Stream<HostileCase> orders() {
    return Stream.of(
        onStream(PROTOCOL_ERROR, "headers on stream 0", 0),
        onStream(PROTOCOL_ERROR, "headers on a stream of the server's", 2),
        local(
            PROTOCOL_ERROR,
            "data on a stream without headers",
            scene -> {
              int stream = scene.hostile().newStream();
              return scene.send(stream, Frame.message(stream, 3, true));
            }),
        local(
            MISSING,
            "the proof on a stream that has ended, and then a call without one",
            scene -> {
              int stream = scene.hostile().newStream();
              scene.send(stream, Frame.request(stream, HeaderBlock.say()));
              scene.hostile().send(Frame.request(stream, HeaderBlock.sayWith(scene.good())));
              return scene.call(HeaderBlock.say());
            }));
  }

  private static HostileCase onStream(String told, String name, int stream) {
    return local(
        told,
        name,
        scene -> {
          return scene.send(stream, Frame.request(stream, HeaderBlock.sayWith(scene.good())));
        });
  }
}
