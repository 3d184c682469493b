package dev.rolecall.tests.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import dev.rolecall.tests.checkout.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The main sources of all modules, as the JDK's compiler parses them. */
final class MainSources {

  /** Modules of the checkout that are not released. */
  private static final Set<String> UNPUBLISHED =
      Set.of("benchmarks", "spring-sample", "test-support");

  /** Parsed once: it takes a second. */
  static final MainSources ALL = parse(Checkout.javaFiles("main"));

  private final List<SourceFile> files = new ArrayList<>();
  private final List<SourceType> types = new ArrayList<>();

  /** The packages that the descriptor of a module exports to all; no entry without a descriptor. */
  private final Map<String, Set<String>> exports = new HashMap<>();

  private MainSources() {}

  /**
   * One file.
   *
   * @param module the folder of its module
   */
  record SourceFile(String module, String packageName, Path path, int lines) {

    /** Whether it declares types: not a package and not a module. */
    boolean hasTypes() {
      String name = String.valueOf(path.getFileName());
      return !name.equals("package-info.java") && !name.equals("module-info.java");
    }
  }

  /**
   * One type, nested ones too.
   *
   * @param name its name after its package, such as {@code Outer.Inner}
   * @param isPublic whether it is declared so
   * @param fields its instance fields or its record's components
   * @param parameters the most that a constructor, method or record header of it has
   * @param doc its Javadoc; empty without one
   */
  record SourceType(
      SourceFile file, String name, boolean isPublic, int fields, int parameters, String doc) {

    boolean isTopLevel() {
      return name.indexOf('.') < 0;
    }

    @Override
    public String toString() {
      return file.module() + " " + file.packageName() + "." + name;
    }
  }

  List<SourceFile> files() {
    return files;
  }

  List<SourceType> types() {
    return types;
  }

  static boolean isPublished(SourceFile file) {
    return !UNPUBLISHED.contains(file.module());
  }

  /**
   * Whether users cannot reach a type: it is not public, or its package is not exported to all. The
   * command line exports nothing, and is no module: an application.
   */
  boolean isHidden(SourceType type) {
    return !type.isPublic()
        || type.file().module().equals("command-line")
        || List.of(type.file().packageName().split("\\.")).contains("internal")
        || !exports
            .getOrDefault(type.file().module(), Set.of(type.file().packageName()))
            .contains(type.file().packageName());
  }

  private static MainSources parse(List<Path> paths) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    MainSources sources = new MainSources();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  problem -> {},
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(paths));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        sources.add(unit, docs);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  private void add(CompilationUnitTree unit, DocTrees docs) {
    Path path = Path.of(unit.getSourceFile().toUri());
    String module = Checkout.path("").relativize(path).getName(0).toString();
    Tree packageName = unit.getPackageName();
    SourceFile file =
        new SourceFile(
            module,
            packageName == null ? "" : packageName.toString(),
            path,
            (int) Checkout.text(path).lines().count());
    files.add(file);
    ModuleTree descriptor = unit.getModule();
    if (descriptor != null) {
      exports.put(module, exportedToAll(descriptor));
    }
    new TypeScanner(file, docs).scan(unit, "");
  }

  private static Set<String> exportedToAll(ModuleTree descriptor) {
    Set<String> exported = new HashSet<>();
    for (Tree directive : descriptor.getDirectives()) {
      if (directive instanceof ExportsTree export && export.getModuleNames() == null) {
        exported.add(export.getPackageName().toString());
      }
    }
    return exported;
  }

  /** Collects the named types of a file; its argument is the name of the type around. */
  private final class TypeScanner extends TreePathScanner<@Nullable Void, String> {

    private final SourceFile file;
    private final DocTrees docs;

    TypeScanner(SourceFile file, DocTrees docs) {
      this.file = file;
      this.docs = docs;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, String outer) {
      if (type.getSimpleName().length() == 0) {
        return super.visitClass(type, outer);
      }
      String name =
          outer.isEmpty() ? type.getSimpleName().toString() : outer + "." + type.getSimpleName();
      String doc = docs.getDocComment(getCurrentPath());
      int fields = fields(type);
      types.add(
          new SourceType(
              file,
              name,
              type.getModifiers().getFlags().contains(Modifier.PUBLIC),
              fields,
              Math.max(parameters(type), type.getKind() == Tree.Kind.RECORD ? fields : 0),
              doc == null ? "" : doc.strip()));
      return super.visitClass(type, name);
    }
  }

  private static int fields(ClassTree type) {
    if (type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE) {
      return 0;
    }
    return (int)
        type.getMembers().stream()
            .filter(
                member ->
                    member instanceof VariableTree field
                        && !field.getModifiers().getFlags().contains(Modifier.STATIC)
                        && !isConstant(type, field))
            .count();
  }

  /** A constant of an enum need not be marked static in the tree. */
  private static boolean isConstant(ClassTree type, VariableTree field) {
    return type.getKind() == Tree.Kind.ENUM
        && field.getInitializer() instanceof NewClassTree made
        && made.getIdentifier().toString().equals(type.getSimpleName().toString());
  }

  private static int parameters(ClassTree type) {
    return type.getMembers().stream()
        .flatMapToInt(
            member ->
                member instanceof MethodTree method
                    ? IntStream.of(method.getParameters().size())
                    : IntStream.empty())
        .max()
        .orElse(0);
  }
}
