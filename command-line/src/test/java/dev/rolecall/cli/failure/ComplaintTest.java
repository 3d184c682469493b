package dev.rolecall.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;

final class ComplaintTest {

  static Stream<Arguments> surroundings() {
    return Stream.of(
        Arguments.of(new NoSuchFileException("a.yaml"), "a.yaml: no such file"),
        Arguments.of(new AccessDeniedException("a.yaml"), "a.yaml: no permission"),
        Arguments.of(
            new FileSystemException("a", null, "No space left on device"),
            "a: No space left on device"),
        Arguments.of(new DirectoryNotEmptyException("a"), "a: a folder that is not empty"),
        Arguments.of(new FileSystemException("a"), "a: the system gives no reason"),
        Arguments.of(new EOFException(), "ends too early"),
        Arguments.of(new IOException(), "gives no reason"),
        Arguments.of(new IOException(new IOException("odd")), "failed: odd"),
        Arguments.of(new UncheckedIOException(new FileNotFoundException("a (gone)")), "a (gone)"),
        Arguments.of(new UnknownHostException("sts.example"), "no such host name: sts.example"),
        Arguments.of(new CompletionException(new SocketTimeoutException()), "no answer in time"),
        Arguments.of(new ConnectException("Connection refused"), "no connection: Connection refus"),
        Arguments.of(new IOException("Tunnel failed, got: 407"), "Tunnel failed, got: 407"),
        Arguments.of(new SSLException("closed"), "TLS: closed"),
        Arguments.of(new InvalidPathException("a\0", "Nul character"), "a path that this system"),
        Arguments.of(SdkClientException.create("secret"), "the AWS SDK could not go on"),
        Arguments.of(new OutOfMemoryError("unable to create native thread"), "no more memory"),
        Arguments.of(new StackOverflowError(), "nested too deeply"),
        Arguments.of(new NoClassDefFoundError("x"), "could not be loaded"),
        Arguments.of(new CommandFailure("say: this"), "say: this"));
  }

  @ParameterizedTest
  @MethodSource("surroundings")
  void of_whatIsNoFaultOfRolecalls_namesItAndIsNoDefect(Throwable thrown, String words) {
    assertThat(Complaint.of(thrown))
        .contains(words)
        .doesNotContain("a defect", "\tat ", "secret", "IOException", "EOF", "FileSystem");
  }

  @Test
  void of_anythingElse_isADefectWithItsTrace() {
    assertThat(Complaint.of(new NullPointerException("x")))
        .startsWith("a defect of rolecall itself")
        .contains("\tat " + ComplaintTest.class.getName());
  }

  @Test
  void of_causesInACircle_ends() {
    RuntimeException a = new IllegalStateException();
    RuntimeException b = new IllegalStateException(a);
    a.initCause(b);

    assertThat(Complaint.of(a)).startsWith("a defect");
  }
}
