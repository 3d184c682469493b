package dev.rolecall.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * The output of a command: its answers and its complaints. Text from outside reaches neither of
 * them unescaped.
 */
public final class Terminal {

  private final PrintWriter out;
  private final PrintWriter err;

  private Terminal(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /** This process's standard output and standard error. */
  public static Terminal ofThisProcess() {
    return of(
        stream(FileDescriptor.out, "stdout.encoding"),
        stream(FileDescriptor.err, "stderr.encoding"));
  }

  /** A terminal that writes to these. */
  public static Terminal of(Writer out, Writer err) {
    return new Terminal(plain(out), plain(err));
  }

  private static PrintWriter plain(Writer target) {
    return new PrintWriter(new VisibleWriter(target), true);
  }

  /** Not the platform's print streams: they keep a full disk to themselves. */
  private static Writer stream(FileDescriptor descriptor, String encoding) {
    // Named by JDK 19 and newer; the default before that is the terminal's.
    Charset charset =
        Optional.ofNullable(System.getProperty(encoding))
            .filter(Charset::isSupported)
            .map(Charset::forName)
            .orElseGet(Charset::defaultCharset);
    return new OutputStreamWriter(new FileOutputStream(descriptor), charset);
  }

  /** For answers. */
  public PrintWriter out() {
    return out;
  }

  /** For complaints. */
  public PrintWriter err() {
    return err;
  }

  /** Whether all answers have been written: not where the disk is full or the reader is gone. */
  public boolean isComplete() {
    return !out.checkError();
  }
}
