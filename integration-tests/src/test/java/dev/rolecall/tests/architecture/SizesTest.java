package dev.rolecall.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.architecture.MainSources.SourceFile;
import dev.rolecall.tests.architecture.MainSources.SourceType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The sizes of files, types and packages, and the share of types that users do not see. */
class SizesTest {

  private static final int MAX_LINES = 300;
  private static final int MAX_MEDIAN_LINES = 63;
  private static final int MAX_P90_LINES = 158;
  private static final int MAX_FIELDS = 10;
  private static final int MAX_PARAMETERS = 6;
  private static final int MAX_FILES = 25;
  private static final double MIN_HIDDEN = 0.66;

  private static final List<SourceFile> FILES = MainSources.ALL.files();
  private static final List<SourceType> TYPES = MainSources.ALL.types();

  @Test
  void sourceFiles_areShorterThan300Lines() {
    assertThat(FILES).hasSizeGreaterThan(500);
    assertThat(FILES).filteredOn(file -> file.lines() >= MAX_LINES).isEmpty();
  }

  @Test
  void sourceFiles_areShortByMedianAndByTheLongestTenth() {
    List<Integer> lines =
        FILES.stream().filter(MainSources::isPublished).map(SourceFile::lines).sorted().toList();

    assertThat(lines).hasSizeGreaterThan(400);
    assertThat(lines.get(lines.size() / 2)).as("median").isLessThanOrEqualTo(MAX_MEDIAN_LINES);
    assertThat(lines.get(lines.size() * 9 / 10)).as("p90").isLessThanOrEqualTo(MAX_P90_LINES);
  }

  @Test
  void types_haveAtMostTenFields() {
    assertThat(TYPES).anyMatch(type -> type.fields() >= MAX_FIELDS - 1);
    assertThat(TYPES).filteredOn(type -> type.fields() > MAX_FIELDS).isEmpty();
  }

  @Test
  void constructorsAndMethods_haveAtMostSixParameters() {
    assertThat(TYPES).anyMatch(type -> type.parameters() == MAX_PARAMETERS);
    assertThat(TYPES).filteredOn(type -> type.parameters() > MAX_PARAMETERS).isEmpty();
  }

  @Test
  void packages_haveAtMost25Files() {
    Map<String, Long> files =
        FILES.stream()
            .filter(SourceFile::hasTypes)
            .collect(
                Collectors.groupingBy(
                    file -> file.module() + " " + file.packageName(), Collectors.counting()));

    assertThat(files).hasSizeGreaterThan(40);
    assertThat(files.entrySet()).filteredOn(each -> each.getValue() > MAX_FILES).isEmpty();
  }

  @Test
  void publishedTypes_areHiddenMostly() {
    List<SourceType> published =
        TYPES.stream()
            .filter(type -> type.isTopLevel() && MainSources.isPublished(type.file()))
            .toList();
    long hidden = published.stream().filter(MainSources.ALL::isHidden).count();

    assertThat(published).hasSizeGreaterThan(400).anyMatch(type -> !MainSources.ALL.isHidden(type));
    assertThat((double) hidden / published.size()).isGreaterThanOrEqualTo(MIN_HIDDEN);
  }
}
