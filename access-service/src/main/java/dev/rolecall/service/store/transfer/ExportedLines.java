package dev.rolecall.service.store.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.service.store.internal.row.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Writes an export: a head, a line for each row, and an end that counts them. */
final class ExportedLines {

  private static final JsonFactory JSON =
      new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private final Writer writer;
  private long rows;

  private ExportedLines(Writer writer) {
    this.writer = writer;
  }

  static long write(Jdbi jdbi, Writer writer) {
    ExportedLines lines = new ExportedLines(writer);
    jdbi.useTransaction(
        TransactionIsolationLevel.SERIALIZABLE,
        snapshot -> {
          lines.head(snapshot);
          Tables.ALL.forEach(table -> lines.table(snapshot, table));
          lines.line(json -> json.writeNumberField("rows", lines.rows));
        });
    return lines.rows;
  }

  private void head(Handle snapshot) {
    snapshot
        .createQuery("select n, last_ms from feed_revision where one = 1")
        .scanResultSet(
            (rowsOf, context) -> {
              try (ResultSet row = rowsOf.get()) {
                row.next();
                long n = row.getLong(1);
                long time = row.getLong(2);
                line(
                    json -> {
                      json.writeStringField("format", Tables.FORMAT);
                      json.writeNumberField("version", Tables.VERSION);
                      json.writeNumberField("revision", n);
                      json.writeNumberField("time_ms", time);
                    });
                return n;
              }
            });
  }

  private void table(Handle snapshot, String table) {
    snapshot
        .createQuery("select * from " + table)
        .setFetchSize(500)
        .scanResultSet(
            (rowsOf, context) -> {
              try (ResultSet row = rowsOf.get()) {
                while (row.next()) {
                  line(json -> write(json, table, row));
                  rows++;
                }
                return rows;
              }
            });
  }

  private static void write(JsonGenerator json, String table, ResultSet row) throws IOException {
    json.writeStringField("table", table);
    json.writeObjectFieldStart("row");
    try {
      ResultSetMetaData columns = row.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        String text = row.getString(i);
        json.writeFieldName(columns.getColumnName(i));
        if (text == null) {
          json.writeNull();
        } else if (isNumber(columns.getColumnType(i))) {
          json.writeNumber(row.getLong(i));
        } else {
          json.writeString(text);
        }
      }
    } catch (SQLException e) {
      throw new IOException("a row cannot be read", e);
    }
    json.writeEndObject();
  }

  private static boolean isNumber(int type) {
    return type == Types.INTEGER || type == Types.BIGINT;
  }

  private void line(JsonText.Fields fields) {
    try (JsonGenerator json = JSON.createGenerator(writer)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("the export was not written", e);
    }
  }
}
