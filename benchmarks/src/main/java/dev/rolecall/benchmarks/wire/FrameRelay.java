package dev.rolecall.benchmarks.wire;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes one connection on to a server, and counts the bytes of the frames with a call's headers
 * that the client sends on each stream, the nine bytes before each frame included. That is all a
 * proof can change. Messages, and updates of windows that come as they please, are not counted.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113#section-6">RFC 9113, section 6</a>
 */
final class FrameRelay implements AutoCloseable {

  private static final int PREFACE_BYTES = 24;
  private static final int FRAME_HEADER_BYTES = 9;
  private static final byte HEADERS = 1;
  private static final byte CONTINUATION = 9;

  private final ServerSocket listener;
  private final int target;
  private final Map<Integer, Long> sentOn = new ConcurrentHashMap<>();

  private FrameRelay(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /** Listens on a port of its own for one connection to the server on that port. */
  static FrameRelay to(int port) throws IOException {
    FrameRelay relay =
        new FrameRelay(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), port);
    daemon("relay", relay::serve);
    return relay;
  }

  int port() {
    return listener.getLocalPort();
  }

  /**
   * How many bytes of headers the client sent on that stream; complete once its answer has come,
   * since a frame is counted before it is passed on.
   */
  long sentOn(int stream) {
    return sentOn.getOrDefault(stream, 0L);
  }

  private void serve() throws IOException {
    try (Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Thread back =
          daemon("relay back", () -> server.getInputStream().transferTo(client.getOutputStream()));
      passOn(
          new DataInputStream(new BufferedInputStream(client.getInputStream())),
          new DataOutputStream(new BufferedOutputStream(server.getOutputStream())));
      server.shutdownOutput();
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void passOn(DataInputStream from, DataOutputStream to) throws IOException {
    to.write(from.readNBytes(PREFACE_BYTES));
    to.flush();
    while (true) {
      byte[] header = from.readNBytes(FRAME_HEADER_BYTES);
      if (header.length < FRAME_HEADER_BYTES) {
        return;
      }
      int length = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | (header[2] & 0xff);
      byte[] payload = from.readNBytes(length);
      if (payload.length < length) {
        throw new EOFException("within a frame");
      }
      int stream =
          (header[5] & 0x7f) << 24
              | (header[6] & 0xff) << 16
              | (header[7] & 0xff) << 8
              | (header[8] & 0xff);
      if (header[3] == HEADERS || header[3] == CONTINUATION) {
        sentOn.merge(stream, (long) FRAME_HEADER_BYTES + length, Long::sum);
      }
      to.write(header);
      to.write(payload);
      if (from.available() == 0) {
        to.flush();
      }
    }
  }

  private interface Passing {
    void run() throws IOException;
  }

  private static Thread daemon(String name, Passing passing) {
    Thread thread =
        new Thread(
            () -> {
              try {
                passing.run();
              } catch (IOException e) {
                // One end closed: what was to be counted has been, or the call fails and says so.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
