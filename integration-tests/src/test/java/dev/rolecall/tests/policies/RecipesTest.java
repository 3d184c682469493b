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
import java.util.List;
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

  /** A policy of one file, and its table. */
  record Recipe(String name, String policy, PolicyCases cases) {

    static Recipe of(Path table) {
      String name = String.valueOf(table.getFileName()).replace(CASES, "");
      return new Recipe(
          name, Checkout.text(table.resolveSibling(name + ".yaml")), PolicyCases.load(table));
    }

    List<CaseResult> failures(String text) {
      return cases.under(policy(text)).stream().filter(result -> !result.passed()).toList();
    }

    private AccessPolicy policy(String text) {
      return PolicyDocument.read(name, text.getBytes(UTF_8))
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
    try (Stream<Path> files = Files.walk(Checkout.path("docs/samples"))) {
      return files
          .filter(file -> file.toString().endsWith(CASES))
          .filter(file -> Files.exists(policyOf(file)))
          .sorted()
          .map(Recipe::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path policyOf(Path table) {
    return table.resolveSibling(table.getFileName().toString().replace(CASES, ".yaml"));
  }

  @Test
  void recipes_areFound() {
    assertThat(recipes()).hasSizeGreaterThanOrEqualTo(8);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void recipe_answersItsCases(Recipe recipe) {
    assertThat(recipe.failures(recipe.policy())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void cases_refuseAtLeastAsOftenAsTheyAllow(Recipe recipe) {
    assertThat(recipe.cases().cases().stream().filter(each -> each.expected() == Answer.DENY))
        .hasSizeGreaterThanOrEqualTo(recipe.cases().cases().size() / 2);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void recipe_withoutOnePart_failsACase(Recipe recipe) {
    assertThat(PolicyTree.of(recipe.policy()).withoutOnePart())
        .isNotEmpty()
        .filteredOn(text -> recipe.failures(text).isEmpty())
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void recipe_withOnePartThatMeansMore_failsACase(Recipe recipe) {
    assertThat(PolicyTree.of(recipe.policy()).withOnePartWidened())
        .isNotEmpty()
        .filteredOn(text -> recipe.failures(text).isEmpty())
        .isEmpty();
  }
}
