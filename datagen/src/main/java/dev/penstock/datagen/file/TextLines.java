package dev.penstock.datagen.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of text files, one file after the other; knows where it is. */
public final class TextLines implements AutoCloseable {

  private final Iterator<SourceFile> files;
  private @Nullable SourceFile file;
  private @Nullable BufferedReader reader;
  private long line;

  /** Before the first of the files. */
  public TextLines(List<SourceFile> files) {
    this.files = files.iterator();
  }

  /** Goes to the next file, if there is one. */
  public boolean nextFile() throws IOException {
    close();
    if (!files.hasNext()) {
      return false;
    }
    file = files.next();
    reader = file.openText();
    line = 0;
    return true;
  }

  /** The next line of the file; null: there is none, or no file yet. */
  public @Nullable String next() throws IOException {
    if (reader == null) {
      return null;
    }
    line++;
    return reader.readLine();
  }

  /** What is wrong with the line that was read last. */
  public DataException error(String message) {
    return new DataException(String.valueOf(file), line, message);
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
