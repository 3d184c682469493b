package dev.rolecall.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.architecture.MainSources.SourceType;
import dev.rolecall.tests.checkout.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words of Javadoc. */
class ProseTest {

  private static final String QUESTION_WORD =
      "(What|Who|Whom|Whose|Whoever|Where|Which|That|How|Whether|If|When)\\b";

  private static final Pattern QUESTION = Pattern.compile(QUESTION_WORD + ".*", Pattern.DOTALL);

  private static final Pattern PACKAGE_QUESTION = Pattern.compile("/\\*\\*[\\s*]*" + QUESTION_WORD);

  private static final Pattern JAVADOC = Pattern.compile("/\\*\\*.*?\\*/", Pattern.DOTALL);

  private static final Pattern MANNERED =
      Pattern.compile("\\b([Ww]hoever|[Ww]hom|[Nn]obody|[Ss]omebody)\\b");

  /** As many as there are: to write another, rewrite one. */
  private static final int MOST_MANNERED = 14;

  @Test
  void typeDocs_beginWithANounOrAVerb() {
    List<String> docs =
        MainSources.ALL.types().stream()
            .filter(type -> !type.doc().isEmpty())
            .map(SourceType::toString)
            .toList();
    List<String> questions =
        MainSources.ALL.types().stream()
            .filter(type -> QUESTION.matcher(type.doc()).matches())
            .map(SourceType::toString)
            .toList();

    assertThat(docs).hasSizeGreaterThan(500);
    assertThat(questions).hasSizeLessThan(docs.size() * 2 / 100);
  }

  @Test
  void packageDocs_beginWithANounOrAVerb() {
    List<Path> packages =
        Stream.of("main", "test")
            .flatMap(sources -> Checkout.javaFiles(sources).stream())
            .filter(file -> file.endsWith("package-info.java"))
            .toList();

    assertThat(packages).hasSizeGreaterThan(90);
    assertThat(packages)
        .noneMatch(file -> PACKAGE_QUESTION.matcher(Checkout.text(file)).lookingAt());
  }

  @Test
  void javadoc_usesNoMoreWordsToAvoidThanItDid() {
    List<String> comments =
        Checkout.javaFiles("main").stream()
            .map(Checkout::text)
            .flatMap(text -> JAVADOC.matcher(text).results().map(MatchResult::group))
            .toList();
    List<String> mannered =
        comments.stream()
            .flatMap(comment -> MANNERED.matcher(comment).results().map(MatchResult::group))
            .toList();

    assertThat(comments).hasSizeGreaterThan(2000);
    assertThat(mannered).hasSizeLessThanOrEqualTo(MOST_MANNERED);
  }
}
