package dev.rolecall.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.rolecall.tests.checkout.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of classes, and rules about heirs, time, logs and output. */
class CodeRulesTest {

  private static final Pattern SCHEME = Pattern.compile("\\bSTS\\b|Sts[A-Z]|Jwt");
  private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"|'.'");
  private static final Pattern STAGE_ELSEWHERE =
      Pattern.compile(
          "\\b((supply|run|then\\w+|handle|whenComplete|exceptionally\\w*)Async|delayedExecutor)\\(");
  private static final Pattern COMMON_POOL =
      Pattern.compile("\\bcommonPool\\(|\\bparallelStream\\(");

  @Test
  void names_areNeverBuckets() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Base|Common|Misc)(\\$.*)?")
        .because("a stray static belongs on the type it serves")
        .allowEmptyShould(false)
        .check(MainClasses.ALL);
  }

  @Test
  void classes_areFinalUnlessMadeToBeExtended() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotRecords()
        .and()
        .areNotAnonymousClasses()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .and()
        .doNotHaveSimpleName("package-info")
        .and()
        .doNotHaveSimpleName("module-info")
        .should(beFinalOrSealed())
        .because("what is open to extension is a promise nobody made")
        .allowEmptyShould(false)
        .check(MainClasses.ALL);
  }

  private static ArchCondition<JavaClass> beFinalOrSealed() {
    return new ArchCondition<>("be final or sealed") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean closed =
            type.getModifiers().contains(JavaModifier.FINAL) || type.reflect().isSealed();
        events.add(new SimpleConditionEvent(type, closed, type.getName() + " is open"));
      }
    };
  }

  @Test
  void abstractClasses_areSealed() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .haveModifier(JavaModifier.ABSTRACT)
        .should(beFinalOrSealed())
        .because("an abstract class has the heirs it names")
        .allowEmptyShould(false)
        .check(MainClasses.ALL);
  }

  /** Time is injected. These read the platform's own, as a default that a builder replaces. */
  @Test
  void platformTime_isOnlyTheDefaultOfABuilder() {
    Set<String> readers =
        MainClasses.callersOf(
            target ->
                (target.owner().startsWith("java.time.")
                        && (target.name().equals("now") || target.name().startsWith("system")))
                    || (target.owner().equals("java.lang.System")
                        && (target.name().equals("nanoTime")
                            || target.name().equals("currentTimeMillis"))));

    assertThat(readers)
        .filteredOn(reader -> !reader.startsWith("cli."))
        .containsExactlyInAnyOrder(
            "access.runtime.AccessRuntime$Builder.<init>",
            "access.audit.AuditLog.toFile",
            "client.AwsOptions.<init>",
            "grants.client.ClientTime.<init>",
            "proxy.relay.RelayServerBuilder.<init>",
            "tokencredentials.TokenCallBuilder.<init>",
            "stsemulator.StsEmulator$Builder.<init>",
            "testing.TestClock.<init>");
    // An application's own: nobody is above it who could inject a clock.
    assertThat(readers)
        .filteredOn(reader -> reader.startsWith("cli."))
        .allMatch(
            reader ->
                reader.startsWith("cli.demo.DemoServer.")
                    || reader.startsWith("cli.scene.AccessScene.")
                    || reader.startsWith("cli.demo.RelayScene.")
                    || reader.startsWith("cli.demo.DemoRelayCommand.")
                    || reader.startsWith("cli.access.view.Times.")
                    || reader.startsWith("cli.demo.OtherCallers.")
                    || reader.startsWith("cli.console.ConsoleCommand.")
                    || reader.startsWith("cli.console.DemoConsoles.")
                    || reader.startsWith("cli.exchange.ExchangeRotateCommand.")
                    || reader.startsWith("cli.doctor.DoctorCommand.")
                    || reader.startsWith("cli.keys.KeysOption.")
                    || reader.startsWith("cli.log.Logging.")
                    || reader.startsWith("cli.login.LoginCommand.")
                    || reader.startsWith("cli.schemes.Trial.")
                    || reader.startsWith("cli.connect.LoginTokens.")
                    || reader.startsWith("cli.front.PresentedTls."));
  }

  @Test
  void threads_neverSleep() {
    assertThat(
            MainClasses.callersOf(
                target ->
                    target.name().equals("sleep")
                        && (target.owner().equals("java.lang.Thread")
                            || target.owner().equals("java.util.concurrent.TimeUnit"))))
        .isEmpty();
  }

  /** The common pool may have one thread, and all code of the process may hold it. */
  @ParameterizedTest
  @ValueSource(strings = {"main", "test"})
  void tasks_runOnNoCommonPool(String sourceSet) {
    List<Path> files = Checkout.javaFiles(sourceSet);

    assertThat(files).hasSizeGreaterThan(300);
    assertThat(files.stream().filter(file -> !file.endsWith("CodeRulesTest.java")))
        .as("code on the common pool (expected: an executor as the last argument)")
        .filteredOn(file -> isOnCommonPool(LITERAL.matcher(Checkout.text(file)).replaceAll("''")))
        .isEmpty();
  }

  private static boolean isOnCommonPool(String code) {
    return COMMON_POOL.matcher(code).find()
        || STAGE_ELSEWHERE
            .matcher(code)
            .results()
            .anyMatch(
                stage ->
                    arguments(code, stage.end())
                        < (stage.group(1).equals("delayedExecutor") ? 3 : 2));
  }

  /** The number of arguments of a call, from its opening parenthesis on. */
  private static int arguments(String code, int begin) {
    int commas = 0;
    int depth = 1;
    for (int at = begin; depth > 0 && at < code.length(); at++) {
      char each = code.charAt(at);
      depth += "({[".indexOf(each) < 0 ? 0 : 1;
      depth -= ")}]".indexOf(each) < 0 ? 0 : 1;
      commas += each == ',' && depth == 1 ? 1 : 0;
    }
    return commas + 1;
  }

  @Test
  void libraries_logThroughSystemLoggerAlone() {
    noClasses()
        .that(MainClasses.LIBRARIES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.logging..", "org.slf4j..", "org.apache..", "ch.qos.logback..")
        .because("a library does not choose its user's logger")
        .allowEmptyShould(false)
        .check(MainClasses.ALL);
  }

  @Test
  void libraries_printNothing() {
    noClasses()
        .that(MainClasses.LIBRARIES)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .allowEmptyShould(false)
        .check(MainClasses.ALL);
  }

  /** What comes from outside is shown there, and not obeyed by the terminal. */
  @Test
  void commands_printThroughTheTerminalAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.rolecall.cli..")
        .and()
        .resideOutsideOfPackage("dev.rolecall.cli.terminal..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .accessField(java.io.FileDescriptor.class, "out")
        .orShould()
        .accessField(java.io.FileDescriptor.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .orShould()
        .callMethod(System.class, "console")
        .allowEmptyShould(false)
        .check(MainClasses.ALL);
  }

  @Test
  void packages_areNullMarked() {
    Set<JavaPackage> packages =
        MainClasses.ALL.stream()
            .filter(type -> !type.getPackageName().isEmpty())
            .map(JavaClass::getPackage)
            .collect(Collectors.toSet());

    assertThat(packages).hasSizeGreaterThan(8);
    assertThat(packages)
        .allSatisfy(
            each ->
                assertThat(each.tryGetPackageInfo())
                    .as("package-info of %s", each.getName())
                    .hasValueSatisfying(
                        info -> assertThat(info.isAnnotatedWith(NullMarked.class)).isTrue()));
  }

  /** The engine and the doors judge calls of every scheme, so they name none. */
  @ParameterizedTest
  @ValueSource(strings = {"access-control", "grpc-guard"})
  void engineAndDoors_nameNoScheme(String room) {
    List<Path> files =
        Checkout.javaFiles("main").stream()
            .filter(file -> file.startsWith(Checkout.path(room)))
            .toList();

    assertThat(files).hasSizeGreaterThan(15);
    assertThat(files)
        .allSatisfy(
            file ->
                assertThat(SCHEME.matcher(Checkout.text(file)).results()).as("%s", file).isEmpty());
  }
}
