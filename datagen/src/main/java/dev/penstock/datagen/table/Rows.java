package dev.penstock.datagen.table;

import dev.penstock.datagen.file.DataException;
import java.io.IOException;
import java.util.List;

/** Rows of one or more tables that have the same columns. */
public interface Rows extends AutoCloseable {

  /** Names of the columns. */
  List<String> columns();

  /** Reads the next row, if there is one. */
  boolean next() throws IOException;

  /** Value of a column in the row, trimmed. */
  String value(int column);

  /** File and line of the row, for messages. */
  DataException error(String message);

  @Override
  void close() throws IOException;
}
