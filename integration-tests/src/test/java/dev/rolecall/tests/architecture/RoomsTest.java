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
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dependencies allowed between modules, and between the packages of one. */
@Tag("attack")
class RoomsTest {

  /** Every package of the main classes. */
  private static final Set<String> PACKAGES =
      MainClasses.ALL.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

  /** Exported to Rolecall's own modules by name, and used by those alone. */
  private static final Set<String> SHARED =
      Room.modules().stream()
          .flatMap(room -> room.exportedByName().stream())
          .collect(Collectors.toUnmodifiableSet());

  /** Parts of one module that its other packages use, and no other module may. */
  private static final Set<String> INNER =
      PACKAGES.stream()
          .filter(RoomsTest::isInternal)
          .filter(name -> !SHARED.contains(name))
          .collect(Collectors.toUnmodifiableSet());

  private static final String COMMAND_LINE = "dev.rolecall.cli.";

  /** Packages of the command line, each of one command or family of commands. */
  private static final Set<String> COMMANDS =
      Set.of(
          "access",
          "audit",
          "call",
          "checker",
          "console",
          "demo",
          "doctor",
          "exchange",
          "keys",
          "login",
          "policy",
          "proof",
          "relay",
          "serve",
          "sts",
          "tls");

  /** Packages of the command line that its commands share. */
  private static final Set<String> SHARED_BY_COMMANDS =
      Set.of(
          "arguments",
          "config",
          "connect",
          "failure",
          "front",
          "input",
          "log",
          "options",
          "proxy",
          "report",
          "scene",
          "schema",
          "schemes",
          "server",
          "terminal");

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
  void publicTypes_lieInExportedPackagesOrInInternalOnes(Room room) {
    Set<String> packages =
        MainClasses.ALL.stream()
            .filter(room.classes())
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getPackageName)
            .filter(name -> !isInternal(name))
            .collect(Collectors.toSet());

    assertThat(packages).isEqualTo(room.exported());
    assertThat(room.exported()).noneMatch(RoomsTest::isInternal);
  }

  @Test
  void sharedPackages_existAndAreCalledInternal() {
    assertThat(SHARED).isNotEmpty().allMatch(RoomsTest::isInternal).isSubsetOf(PACKAGES);
    assertThat(INNER).isNotEmpty();
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

  @Test
  void commandLine_packagesAreCommandsOrShared() {
    Set<String> rooms =
        PACKAGES.stream()
            .filter(name -> name.startsWith(COMMAND_LINE))
            .map(name -> name.substring(COMMAND_LINE.length()).split("\\.", -1)[0])
            .collect(Collectors.toSet());

    assertThat(rooms)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(COMMANDS.stream(), SHARED_BY_COMMANDS.stream()).toList());
  }

  @Test
  void commandLine_sharedPackagesUseNoCommand() {
    noClasses()
        .that(resideInAnyPackage(commandLinePackages(SHARED_BY_COMMANDS)))
        .should()
        .dependOnClassesThat(resideInAnyPackage(commandLinePackages(COMMANDS)))
        .allowEmptyShould(false)
        .check(MainClasses.ALL);
  }

  private static String[] commandLinePackages(Set<String> rooms) {
    return rooms.stream().map(room -> COMMAND_LINE + room + "..").toArray(String[]::new);
  }

  private static DescribedPredicate<JavaClass> ofInnerPackages() {
    return resideInAnyPackage(INNER.toArray(String[]::new));
  }

  private static boolean isInternal(String packageName) {
    return List.of(packageName.split("\\.")).contains("internal");
  }
}
