namespace EquityBot;

/// <summary>One writing process a SQLite file, by the operating system's word: released even when the process is killed.</summary>
public sealed class FileLock : IDisposable
{
    readonly FileStream stream;

    FileLock(FileStream stream) => this.stream = stream;

    /// <summary>Throws a <see cref="SettingException"/> while another process has the file.</summary>
    public static FileLock Take(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        try
        {
            return new(new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new SettingException("Another EquityBot is using this data folder. Stop it first, or name another folder in EQUITYBOT_DATA.");
        }
    }

    public void Dispose() => stream.Dispose();
}
