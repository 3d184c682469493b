package dev.rolecall.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may use whom, between modules and between the packages of one. */
@Tag("attack")
class RoomsTest {

  /** Parts of one module that its other packages use, and nobody else may. */
  private static final Set<String> INNER =
      Set.of(
          "dev.rolecall.stsemulator.answer",
          "dev.rolecall.stsemulator.http",
          "dev.rolecall.stsemulator.internal",
          "dev.rolecall.stsemulator.sigv4",
          "dev.rolecall.access.internal.limits",
          "dev.rolecall.client.internal",
          "dev.rolecall.tls.internal.certificate",
          "dev.rolecall.verifier.internal.answer",
          "dev.rolecall.verifier.internal.endpoint",
          "dev.rolecall.verifier.internal.http",
          "dev.rolecall.verifier.internal.sts");

  /** Exported to Rolecall's own modules, and used by those that say so alone. */
  private static final Set<String> SHARED =
      Set.of(
          "dev.rolecall.access.internal.metrics",
          "dev.rolecall.identity.internal",
          "dev.rolecall.policy.document.internal",
          "dev.rolecall.policy.internal");

  @ParameterizedTest
  @MethodSource("dev.rolecall.tests.architecture.Room#all")
  void room_usesNothingButWhatItMay(Room room) {
    classes()
        .that(room.classes())
        .should()
        .onlyDependOnClassesThat(room.usable())
        .allowEmptyShould(false)
        .check(MainClasses.ALL);
  }

  @Test
  void packages_areFreeOfCycles() {
    slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                return type.getPackageName().startsWith("dev.rolecall.")
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
              }

              @Override
              public String getDescription() {
                return "packages";
              }
            })
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(false)
        .check(MainClasses.ALL);
  }

  @ParameterizedTest
  @MethodSource("dev.rolecall.tests.architecture.Room#all")
  void publicTypes_areExportedOrOfAnInnerPackage(Room room) {
    Set<String> packages =
        MainClasses.ALL.stream()
            .filter(room.classes())
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());
    Set<String> inner = packages.stream().filter(INNER::contains).collect(Collectors.toSet());
    packages.removeAll(inner);
    packages.removeAll(SHARED);

    assertThat(packages).isEqualTo(room.exported());
    assertThat(inner).doesNotContainAnyElementsOf(room.exported());
  }

  @Test
  void innerPackages_exist() {
    Set<String> packages =
        MainClasses.ALL.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

    assertThat(packages).containsAll(INNER).containsAll(SHARED);
  }

  @Test
  void innerPackages_areUsedByTheirOwnModuleAlone() {
    // On the class path nothing else stops another module, or the command line.
    for (Room room : Room.all()) {
      noClasses()
          .that(not(room.classes()))
          .should()
          .dependOnClassesThat(room.classes().and(ofInnerPackages()))
          .allowEmptyShould(false)
          .check(MainClasses.ALL);
    }
  }

  @Test
  void sharedPackages_areUsedByNoApplication() {
    noClasses()
        .that(resideInAnyPackage("dev.rolecall.cli..", "dev.rolecall.spring.."))
        .should()
        .dependOnClassesThat(resideInAnyPackage(SHARED.toArray(String[]::new)))
        .allowEmptyShould(false)
        .check(MainClasses.ALL);
  }

  private static DescribedPredicate<JavaClass> ofInnerPackages() {
    return resideInAnyPackage(INNER.toArray(String[]::new));
  }
}
