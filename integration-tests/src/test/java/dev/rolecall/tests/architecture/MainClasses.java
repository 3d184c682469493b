package dev.rolecall.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The main classes of all modules, without generated ones and the tests' shared doubles. */
final class MainClasses {

  /** Packages of classes that protoc wrote. */
  static final Set<String> GENERATED =
      Set.of(
          "dev.rolecall.cli.echo",
          "dev.rolecall.decisions.v1",
          "dev.rolecall.grants.v1",
          "dev.rolecall.protopolicy.v1",
          "dev.rolecall.proxy.envoy.v3");

  /** Imported once: it takes a second, since the rules need only names of what is elsewhere. */
  static final JavaClasses ALL =
      ArchConfiguration.withThreadLocalScope(
          configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return imported();
          });

  private static JavaClasses imported() {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .withImportOption(
            location ->
                GENERATED.stream().noneMatch(name -> location.contains(name.replace('.', '/'))))
        .withImportOption(location -> !location.contains("/dev/rolecall/testsupport/"))
        .importPackages("dev.rolecall");
  }

  /** The command line, which is an application: the rules for libraries leave it out. */
  static final DescribedPredicate<JavaClass> LIBRARIES =
      JavaClass.Predicates.resideOutsideOfPackage("dev.rolecall.cli..").as("library classes");

  private MainClasses() {}

  /**
   * Who calls such a method or refers to it, written {@code Outer$Inner.method} without the package
   * {@code dev.rolecall}.
   */
  static Set<String> callersOf(Predicate<Target> target) {
    assertThat(ALL).hasSizeGreaterThan(200);
    return ALL.stream()
        .flatMap(type -> type.getCodeUnits().stream())
        .filter(unit -> targetsOf(unit).stream().anyMatch(target))
        .map(MainClasses::nameOf)
        .collect(Collectors.toSet());
  }

  /** A target that code calls, refers to or reads: a method, a constructor or a field. */
  record Target(String owner, String name) {}

  private static Set<Target> targetsOf(JavaCodeUnit unit) {
    return unit.getAccessesFromSelf().stream()
        .map(access -> access.getTarget())
        .map(target -> new Target(target.getOwner().getName(), target.getName()))
        .collect(Collectors.toSet());
  }

  private static String nameOf(JavaCodeUnit unit) {
    return unit.getOwner().getName().substring("dev.rolecall.".length()) + "." + unit.getName();
  }
}
