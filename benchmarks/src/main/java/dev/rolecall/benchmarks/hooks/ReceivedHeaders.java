package dev.rolecall.benchmarks.hooks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.grpc.InternalMetadata;
import io.grpc.Metadata;

/**
 * The headers of a call as grpc-netty reads them: names and values as bytes, the bytes of a header
 * that HPACK's table has being the same object each time.
 */
final class ReceivedHeaders {

  private final byte[][] namesAndValues;

  ReceivedHeaders(String authorization) {
    this.namesAndValues =
        bytes(
            "content-type", "application/grpc",
            "te", "trailers",
            "user-agent", "grpc-java-netty/1.85.1",
            "authorization", authorization,
            "grpc-accept-encoding", "gzip");
  }

  private static byte[][] bytes(String... texts) {
    byte[][] bytes = new byte[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      bytes[i] = texts[i].getBytes(US_ASCII);
    }
    return bytes;
  }

  /** The metadata of one call. */
  Metadata metadata() {
    return InternalMetadata.newMetadata(namesAndValues.length / 2, namesAndValues.clone());
  }
}
