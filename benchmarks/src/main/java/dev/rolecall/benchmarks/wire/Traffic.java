package dev.rolecall.benchmarks.wire;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The content of calls beside the proof. */
enum Traffic {
  BARE("nothing", false, false, false),
  DEADLINE("a deadline", true, false, false),
  TRACED("a deadline, traceparent and x-request-id", true, true, false),
  TRACED_NEVER_INDEXED("the same, kept out of the table", true, true, true);

  static final Metadata.Key<String> TRACE_PARENT =
      Metadata.Key.of("traceparent", ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("x-request-id", ASCII_STRING_MARSHALLER);

  /** What gRPC makes of a deadline; its value differs with every call, too. */
  static final Metadata.Key<String> TIMEOUT =
      Metadata.Key.of("grpc-timeout", ASCII_STRING_MARSHALLER);

  private final String title;
  private final boolean deadline;
  private final boolean traced;
  private final boolean neverIndexed;

  Traffic(String title, boolean deadline, boolean traced, boolean neverIndexed) {
    this.title = title;
    this.deadline = deadline;
    this.traced = traced;
    this.neverIndexed = neverIndexed;
  }

  /** For people. */
  String title() {
    return title;
  }

  /** Whether they carry what tracing adds. */
  boolean isTraced() {
    return traced;
  }

  /** As a user would set the channel up for such calls. */
  NettyChannelBuilder configured(NettyChannelBuilder channel) {
    return neverIndexed
        ? channel.neverIndexMetadataKeys(List.of(TRACE_PARENT, REQUEST_ID, TIMEOUT))
        : channel;
  }

  CallOptions options(CallOptions options) {
    return deadline ? options.withDeadlineAfter(30, TimeUnit.SECONDS) : options;
  }

  /** What tracing adds to one call. */
  Metadata headers(Random random) {
    Metadata headers = new Metadata();
    if (traced) {
      headers.put(TRACE_PARENT, "00-" + hex(random) + hex(random) + "-" + hex(random) + "-01");
      headers.put(REQUEST_ID, hex(random) + hex(random));
    }
    return headers;
  }

  private static String hex(Random random) {
    return String.format("%016x", random.nextLong());
  }
}
