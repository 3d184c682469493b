package dev.rolecall.benchmarks.results;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything in a checkout that shows figures: the page of results, and what is made from it, which
 * is the table of {@code docs/performance.md} and its picture.
 */
public final class Publication {

  private final Path results;
  private final Path guide;
  private final Path picture;
  private final List<String> order;

  /**
   * Of that checkout.
   *
   * @param order the suites' names, in the order they stand in
   */
  public Publication(Path checkout, List<String> order) {
    requireNonNull(checkout, "checkout");
    this.results = checkout.resolve("benchmarks/RESULTS.md");
    this.guide = checkout.resolve("docs/performance.md");
    this.picture = checkout.resolve("docs/performance.svg");
    this.order = List.copyOf(order);
  }

  /** Puts a suite's results in the place of its last ones, everywhere. */
  public void put(int jdk, Measured measured) throws IOException {
    write(page().with(jdk, measured));
  }

  /** Makes everything anew from the page of results, as after a change to a target. */
  public void refresh() throws IOException {
    write(page());
  }

  private void write(ResultsPage page) throws IOException {
    Files.writeString(results, page.text());
    Files.writeString(guide, guide(page));
    Files.writeString(picture, Picture.of(page.figures()));
  }

  /** Whether the three say the same. */
  public boolean isConsistent() throws IOException {
    ResultsPage page = page();
    return page.text().equals(Files.readString(results))
        && guide(page).equals(Files.readString(guide))
        && Picture.of(page.figures()).equals(Files.readString(picture));
  }

  private ResultsPage page() throws IOException {
    return ResultsPage.read(Files.exists(results) ? Files.readString(results) : "", order);
  }

  private String guide(ResultsPage page) throws IOException {
    return GoalTable.in(Files.readString(guide), page.figures());
  }
}
