package dev.rolecall.proxy.relay;

import io.grpc.Codec;
import io.grpc.CompressorRegistry;
import io.grpc.DecompressorRegistry;
import io.grpc.Metadata;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The encodings of messages, which pass untouched: under each encoding's name stands a codec that
 * does nothing. An encoding that is not listed is refused, as by a server that does not know it.
 */
final class Encodings {

  static final Metadata.Key<String> ENCODING =
      Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> ACCEPT_ENCODING =
      Metadata.Key.of("grpc-accept-encoding", Metadata.ASCII_STRING_MARSHALLER);

  /** The encoding that is advertised: the one that every implementation knows. */
  static final String GZIP = "gzip";

  private static final String IDENTITY = "identity";
  private static final List<String> UNADVERTISED = List.of("deflate", "snappy", "zstd", "br");

  private static final DecompressorRegistry DECOMPRESSORS = decompressors();
  private static final CompressorRegistry COMPRESSORS = compressors();

  private Encodings() {}

  /** The codecs that read nothing. */
  static DecompressorRegistry untouchedOnReading() {
    return DECOMPRESSORS;
  }

  /** The codecs that write what they are given. */
  static CompressorRegistry untouchedOnWriting() {
    return COMPRESSORS;
  }

  /** Whether messages of that {@code grpc-encoding} may be compressed. */
  static boolean compresses(String encoding) {
    return !encoding.equals(IDENTITY);
  }

  /**
   * What the upstream is told that its client accepts: what the client said, without the encodings
   * that are not known here.
   *
   * @param accepted the client's {@code grpc-accept-encoding}; null for none
   */
  static String offered(@Nullable String accepted) {
    if (accepted == null || accepted.isEmpty() || accepted.equals(GZIP)) {
      return accepted == null ? "" : accepted;
    }
    return Arrays.stream(accepted.split(",", -1))
        .map(String::trim)
        .filter(Encodings::isKnown)
        .collect(Collectors.joining(","));
  }

  /** Whether that list of {@link #offered} has the encoding. */
  static boolean isIn(String offered, String encoding) {
    return offered.equals(encoding) || Arrays.asList(offered.split(",", -1)).contains(encoding);
  }

  private static boolean isKnown(String name) {
    return name.equals(GZIP) || name.equals(IDENTITY) || UNADVERTISED.contains(name);
  }

  private static DecompressorRegistry decompressors() {
    DecompressorRegistry all =
        DecompressorRegistry.emptyInstance()
            .with(Codec.Identity.NONE, false)
            .with(new Untouched(GZIP), true);
    for (String name : UNADVERTISED) {
      all = all.with(new Untouched(name), false);
    }
    return all;
  }

  private static CompressorRegistry compressors() {
    CompressorRegistry all = CompressorRegistry.newEmptyInstance();
    all.register(Codec.Identity.NONE);
    all.register(new Untouched(GZIP));
    UNADVERTISED.forEach(name -> all.register(new Untouched(name)));
    return all;
  }

  /** A codec that changes nothing. */
  private record Untouched(String getMessageEncoding) implements Codec {

    @Override
    public OutputStream compress(OutputStream target) {
      return target;
    }

    @Override
    public InputStream decompress(InputStream source) {
      return source;
    }
  }
}
