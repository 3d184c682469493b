package dev.rolecall.proof;

import dev.rolecall.identity.internal.Alphabet;
import java.util.Optional;

/**
 * The parts of the one form of URL that an EKS token may hold: {@code https://{host}/?{query}}. The
 * scheme is never used; plain http is what a client writes for an emulator on loopback, and is read
 * before nothing else.
 *
 * @param host what stands before the path: more than hosts are, a port included
 * @param query not empty, characters that can be seen
 */
record EksTokenUrl(String host, String query) {

  private static final String HTTPS = "https://";
  private static final String HTTP = "http://";
  private static final String PATH = "/?";
  private static final Alphabet HOST = Alphabet.LOWER_AND_DIGITS.and(Alphabet.of(".:-"));
  private static final Alphabet VISIBLE = Alphabet.range('!', '~');

  private static final int LOOPBACK_BYTES = 4;
  private static final int BYTE_DIGITS = 3;
  private static final int MAX_BYTE = 255;

  /** The parts, if the text is of that form. */
  static Optional<EksTokenUrl> read(String url) {
    boolean https = url.startsWith(HTTPS);
    if (!https && !url.startsWith(HTTP)) {
      return Optional.empty();
    }
    int hostAt = https ? HTTPS.length() : HTTP.length();
    int pathAt = HOST.endOfRun(url, hostAt);
    if (pathAt == hostAt || !url.startsWith(PATH, pathAt)) {
      return Optional.empty();
    }
    String host = url.substring(hostAt, pathAt);
    String query = url.substring(pathAt + PATH.length());
    return VISIBLE.spells(query, 1, url.length()) && (https || isLoopback(host))
        ? Optional.of(new EksTokenUrl(host, query))
        : Optional.empty();
  }

  private static boolean isLoopback(String host) {
    int colon = host.indexOf(':');
    String name = colon < 0 ? host : host.substring(0, colon);
    return name.equals("localhost") || isLoopbackAddress(name.split("\\.", -1));
  }

  private static boolean isLoopbackAddress(String[] bytes) {
    return bytes.length == LOOPBACK_BYTES
        && bytes[0].equals("127")
        && isByte(bytes[1])
        && isByte(bytes[2])
        && isByte(bytes[3]);
  }

  /** One spelling a byte: a leading zero is octal to some. */
  private static boolean isByte(String text) {
    return Alphabet.DIGITS.spells(text, 1, BYTE_DIGITS)
        && (text.length() == 1 || text.charAt(0) != '0')
        && Integer.parseInt(text) <= MAX_BYTE;
  }
}
