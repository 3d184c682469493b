package dev.rolecall.benchmarks.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.benchmarks.Figures;
import dev.rolecall.benchmarks.Run;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class PublicationTest {

  private static final String GUIDE = "before\n" + GoalTable.BEGIN + GoalTable.END + "after\n";

  @TempDir private Path checkout;

  private Publication publication;

  @BeforeEach
  void emptyCheckout() throws IOException {
    Files.createDirectory(checkout.resolve("benchmarks"));
    Files.createDirectory(checkout.resolve("docs"));
    Files.writeString(checkout.resolve("docs/performance.md"), GUIDE);
    publication = new Publication(checkout, List.of("load"));
  }

  private static Measured load(double ratio) {
    Run run = new Run(false, new Figures(), new PrintStream(OutputStream.nullOutputStream()));
    run.figures().add("calls_per_second_ratio", ratio);
    return new Measured("load", "on this machine", run);
  }

  @Test
  void results_areInThePageTheTableAndThePicture() throws Exception {
    publication.put(17, load(0.91));
    publication.put(25, load(0.97));

    assertThat(Files.readString(checkout.resolve("benchmarks/RESULTS.md"))).contains("0.970");
    assertThat(Files.readString(checkout.resolve("docs/performance.md")))
        .startsWith("before\n")
        .endsWith("after\n")
        .contains("| target | JDK 17 | JDK 25 |")
        .contains("(`calls_per_second_ratio`) | at least 0.95 | 0.91, **not reached** | 0.97 |")
        .contains("(`hook_ratio`) | at most 2 | not measured | not measured |");
    assertThat(picture()).contains("JDK 17", "JDK 25", "0.91", "0.97");
    assertThat(publication.isConsistent()).isTrue();
  }

  private String picture() throws Exception {
    byte[] svg = Files.readAllBytes(checkout.resolve("docs/performance.svg"));
    Document parsed =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg));
    assertThat(parsed.getDocumentElement().getTagName()).isEqualTo("svg");
    return new String(svg, StandardCharsets.UTF_8);
  }

  @Test
  void numberChangedByHand_isNotConsistent() throws IOException {
    publication.put(17, load(0.91));
    Path guide = checkout.resolve("docs/performance.md");
    Files.writeString(guide, Files.readString(guide).replace("0.91, **not reached**", "0.99"));

    assertThat(publication.isConsistent()).isFalse();
  }

  @Test
  void pageWithoutAPlaceForTheTable_isRefused() {
    assertThatThrownBy(() -> GoalTable.in("# a page", Map.of()))
        .hasMessageStartingWith("page: without ");
  }
}
