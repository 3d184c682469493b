package dev.rolecall.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Project Wycheproof's vectors of JWS, JWE and JWK: no invalid one is accepted, and the list beside
 * this test has each valid one that is refused. Skipped, with a message, where the vectors are not
 * at hand; they are not part of this project.
 */
@Tag("attack")
class WycheproofTest {

  private static final Logger LOGGER = System.getLogger(WycheproofTest.class.getName());

  private static final Path VECTORS =
      Path.of(System.getProperty("rolecall.wycheproof", "../../shared/wycheproof"));

  private static final String ABSENT =
      "Wycheproof's testvectors_v1 are expected in "
          + VECTORS.toAbsolutePath().normalize()
          + "; -Drolecall.wycheproof=FOLDER says otherwise";

  private static final Map<String, Integer> CASES =
      Map.of(
          "json_web_signature", 401,
          "json_web_crypto", 83,
          "json_web_key", 26,
          "json_web_encryption", 139);

  /** The valid ones that are accepted. */
  private static final long ACCEPTED = 29;

  /** A line of the list: file, numbers, the check that refuses, the reason. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| ([0-9, -]+) \\| `([A-Z0-9_]+)` \\| [^|]{8,} \\|$");

  static Stream<WycheproofVector> vectors() {
    if (!Files.isDirectory(VECTORS)) {
      LOGGER.log(Level.WARNING, "skipped: " + ABSENT);
      return Stream.empty();
    }
    return CASES.keySet().stream()
        .sorted()
        .flatMap(file -> WycheproofVector.in(VECTORS, file).stream());
  }

  static Stream<WycheproofVector> invalid() {
    return vectors().filter(vector -> !vector.valid());
  }

  @Test
  void vectors_ofAllFiles_areAllSeen() {
    assumeTrue(Files.isDirectory(VECTORS), ABSENT);

    assertThat(
            vectors()
                .collect(
                    Collectors.groupingBy(
                        WycheproofVector::file,
                        Collectors.collectingAndThen(Collectors.counting(), Long::intValue))))
        .isEqualTo(CASES);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("invalid")
  void vector_invalid_isRefused(WycheproofVector vector) {
    assertThat(vector.judgedAsSignature()).isNotEqualTo(WycheproofVector.ACCEPTED);
    assertThat(vector.judgedAsToken()).isNotEqualTo(WycheproofVector.ACCEPTED);
  }

  @Test
  void vectors_validAndRefused_areThoseOfTheList() throws IOException {
    assumeTrue(Files.isDirectory(VECTORS), ABSENT);
    Map<String, String> refused = new TreeMap<>();
    vectors()
        .filter(WycheproofVector::valid)
        .filter(vector -> !vector.judgedAsSignature().equals(WycheproofVector.ACCEPTED))
        .forEach(vector -> refused.put(vector.toString(), vector.judgedAsSignature()));

    assertThat(listed()).isEqualTo(refused);
    assertThat(vectors().filter(WycheproofVector::valid).count() - refused.size())
        .as("accepted")
        .isEqualTo(ACCEPTED);
  }

  private static Map<String, String> listed() throws IOException {
    Map<String, String> listed = new TreeMap<>();
    try (InputStream list =
        requireNonNull(WycheproofTest.class.getResourceAsStream("wycheproof-refused.txt"))) {
      Matcher rows = ROW.matcher(new String(list.readAllBytes(), UTF_8));
      while (rows.find()) {
        for (String range : rows.group(2).split(", ", -1)) {
          String[] ends = range.split("-", -1);
          int last = Integer.parseInt(ends[ends.length - 1]);
          for (int id = Integer.parseInt(ends[0]); id <= last; id++) {
            listed.put(rows.group(1) + " " + id, rows.group(3));
          }
        }
      }
    }
    return listed;
  }
}
