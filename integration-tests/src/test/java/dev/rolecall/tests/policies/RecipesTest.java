package dev.rolecall.tests.policies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyReading;
import dev.rolecall.policytools.Answer;
import dev.rolecall.policytools.CaseResult;
import dev.rolecall.policytools.PolicyCases;
import dev.rolecall.tests.checkout.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The recipes of docs/samples answer the calls of their tables, as {@code rolecall policy test}
 * says. The tables would notice a recipe that lacks a part, or has a part that means too much.
 */
class RecipesTest {

  private static final String CASES = ".cases.yaml";

  /**
   * A policy and its table.
   *
   * @param files the texts of its files, by name
   */
  record Recipe(String name, Map<String, String> files, PolicyCases cases) {

    /** Of a file beside the table and named like it; or of the folder, without such a file. */
    static Recipe of(Path table) {
      String name = String.valueOf(table.getFileName()).replace(CASES, "");
      Path file = table.resolveSibling(name + ".yaml");
      List<Path> files = Files.exists(file) ? List.of(file) : policiesBeside(table);
      Map<String, String> texts = new TreeMap<>();
      files.forEach(each -> texts.put(String.valueOf(each.getFileName()), Checkout.text(each)));
      return new Recipe(name, texts, PolicyCases.load(table));
    }

    private static List<Path> policiesBeside(Path table) {
      return filesBelow(Checkout.path("docs/samples")).stream()
          .filter(each -> table.resolveSibling(each.getFileName()).equals(each))
          .filter(each -> !each.toString().endsWith(CASES))
          .toList();
    }

    List<CaseResult> failures() {
      return failures(files);
    }

    private List<CaseResult> failures(Map<String, String> texts) {
      return cases.under(policy(texts)).stream().filter(result -> !result.passed()).toList();
    }

    /** The changes of one file that no case notices. */
    List<String> unnoticed(Function<PolicyTree, List<String>> changes) {
      List<String> unnoticed = new ArrayList<>();
      files.forEach(
          (file, text) -> {
            for (String changed : changes.apply(PolicyTree.of(text))) {
              Map<String, String> texts = new TreeMap<>(files);
              texts.put(file, changed);
              if (failures(texts).isEmpty()) {
                unnoticed.add(file + ": " + changed);
              }
            }
          });
      return unnoticed;
    }

    private static AccessPolicy policy(Map<String, String> texts) {
      Map<String, byte[]> contents = new TreeMap<>();
      texts.forEach((file, text) -> contents.put(file, text.getBytes(UTF_8)));
      return PolicyDocument.read(contents)
          .fold(
              PolicyReading.Loaded::policy,
              rejected -> {
                throw new AssertionError(rejected.problems());
              });
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Recipe> recipes() {
    return filesBelow(Checkout.path("docs/samples")).stream()
        .filter(file -> file.toString().endsWith(CASES))
        .map(Recipe::of)
        .toList();
  }

  private static List<Path> filesBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void recipes_areFound() {
    assertThat(recipes()).hasSizeGreaterThanOrEqualTo(13);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void recipe_answersItsCases(Recipe recipe) {
    assertThat(recipe.failures()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void cases_refuseAtLeastAsOftenAsTheyAllow(Recipe recipe) {
    assertThat(recipe.cases().cases().stream().filter(each -> each.expected() != Answer.ALLOW))
        .hasSizeGreaterThanOrEqualTo(recipe.cases().cases().size() / 2);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void recipe_withoutOnePart_failsACase(Recipe recipe) {
    assertThat(recipe.unnoticed(PolicyTree::withoutOnePart)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void recipe_withOnePartThatMeansMore_failsACase(Recipe recipe) {
    assertThat(recipe.unnoticed(PolicyTree::withOnePartWidened)).isEmpty();
  }
}
