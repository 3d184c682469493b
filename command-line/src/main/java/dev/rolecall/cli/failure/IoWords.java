package dev.rolecall.cli.failure;

import dev.rolecall.cli.terminal.Visible;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** The reason of a failure of a file or a connection, in a few words on one line. */
public final class IoWords {

  /** A class's full name before what it says, as the JDK puts into the words of a cause. */
  private static final Pattern CLASS =
      Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.)+[A-Z][\\w$]*(?:: |$)");

  private IoWords() {}

  /** What was said, on one line, without the names of classes that the JDK begins causes with. */
  public static String plain(String words) {
    return CLASS.matcher(Visible.line(words)).replaceAll("");
  }

  /** What went wrong with a file that is written, without its name. */
  public static String whyNotWritten(IOException failure) {
    return failure instanceof NoSuchFileException
        ? "its folder is not there (expected: an existing folder)"
        : why(failure);
  }

  /** What went wrong, without the file's name. */
  public static String why(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "no permission";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "is there already";
    }
    if (failure instanceof NotDirectoryException) {
      return "not a folder";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "a folder that is not empty";
    }
    if (failure instanceof FileSystemLoopException) {
      return "links that lead in a circle";
    }
    if (failure instanceof FileSystemException file) {
      return file.getReason() == null
          ? "the system gives no reason"
          : Visible.line(file.getReason());
    }
    if (failure instanceof CharacterCodingException) {
      return "not UTF-8 text";
    }
    return network(failure);
  }

  private static String network(IOException failure) {
    if (failure instanceof UnknownHostException) {
      return "no such host name: " + words(failure);
    }
    if (failure instanceof InterruptedIOException) {
      return "no answer in time";
    }
    if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
      return failure.getMessage() == null ? "no connection" : "no connection: " + words(failure);
    }
    if (failure instanceof SSLException) {
      return "TLS: " + words(failure);
    }
    if (failure instanceof EOFException) {
      return "it ends too early";
    }
    return words(failure);
  }

  /** Its message, which some begin with the class of what caused it. */
  private static String words(IOException failure) {
    String message = failure.getMessage() == null ? "" : plain(failure.getMessage());
    return message.isEmpty() ? "the system gives no reason" : message;
  }

  /** What went wrong, with the file's name where there is one. */
  static String whole(IOException failure) {
    return failure instanceof FileSystemException file && file.getFile() != null
        ? Visible.line(file.getFile()) + ": " + why(failure)
        : why(failure);
  }
}
