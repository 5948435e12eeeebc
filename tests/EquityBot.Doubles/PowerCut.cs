using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EquityBot.Doubles;

/// <summary>
/// Stands between SQLite and the operating system for the files of one folder and remembers every write, truncation and sync in order, so that a test can build
/// what a disk would hold after a power cut at any moment: what was synced before it for certain, of what was not yet synced any part.
/// </summary>
public static unsafe class PowerCut
{
    static readonly Lock Gate = new();
    static readonly Dictionary<nint, string> Files = [];
    static readonly List<Recording> Recordings = [];
    static nint system;
    static delegate* unmanaged[Cdecl]<nint, nint, nint, int, int*, int> open;
    static nint write;
    static nint truncate;
    static nint sync;

    /// <summary>One thing that SQLite asked of the operating system.</summary>
    /// <param name="Bytes">Null where it was a truncation to <paramref name="At"/> or a sync.</param>
    public sealed record Step(string File, bool Syncs, long At, byte[]? Bytes);

    /// <summary>What was asked for the files of one folder, since <see cref="Record"/>.</summary>
    public sealed class Recording(string folder)
    {
        readonly List<Step> steps = [];

        internal bool IsAbout(string file) => file.StartsWith(folder, StringComparison.Ordinal);

        internal void Add(Step step) => steps.Add(step);

        /// <summary>How much was asked so far.</summary>
        public int Count
        {
            get
            {
                lock (Gate)
                {
                    return steps.Count;
                }
            }
        }

        public IReadOnlyList<Step> Steps
        {
            get
            {
                lock (Gate)
                {
                    return [.. steps];
                }
            }
        }
    }

    /// <summary>Files below the folder that are opened from now on are recorded.</summary>
    public static Recording Record(string folder)
    {
        lock (Gate)
        {
            if (system == 0)
            {
                SQLitePCL.Batteries_V2.Init();
                system = sqlite3_vfs_find(0);
                var own = (nint*)NativeMemory.AllocZeroed(256);
                Unsafe.CopyBlock(own, (void*)system, 168);
                open = (delegate* unmanaged[Cdecl]<nint, nint, nint, int, int*, int>)own[5];
                own[5] = (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, int, int*, int>)&Open;
                own[3] = Marshal.StringToCoTaskMemUTF8("power-cut");
                _ = sqlite3_vfs_register((nint)own, 1);
            }

            var recording = new Recording(folder);
            Recordings.Add(recording);
            return recording;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Open(nint vfs, nint name, nint file, int flags, int* result)
    {
        var code = open(system, name, file, flags, result);
        if (code == 0 && name != 0 && Marshal.PtrToStringUTF8(name) is { } path && *(nint*)file != 0)
        {
            lock (Gate)
            {
                if (Recordings.Any(one => one.IsAbout(path)))
                {
                    Wrap((nint*)file, path);
                }
            }
        }

        return code;
    }

    /// <summary>The file goes by a copy of its methods, three of which remember what they do.</summary>
    static void Wrap(nint* file, string path)
    {
        var methods = (nint*)NativeMemory.AllocZeroed(256);
        Unsafe.CopyBlock(methods, (void*)*file, 19 * (uint)sizeof(nint));
        (write, truncate, sync) = (methods[3], methods[4], methods[5]);
        methods[3] = (nint)(delegate* unmanaged[Cdecl]<nint, nint, int, long, int>)&Write;
        methods[4] = (nint)(delegate* unmanaged[Cdecl]<nint, long, int>)&Truncate;
        methods[5] = (nint)(delegate* unmanaged[Cdecl]<nint, int, int>)&Sync;
        *file = (nint)methods;
        Files[(nint)file] = path;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Write(nint file, nint bytes, int count, long at)
    {
        Remember(file, path => new(path, false, at, new ReadOnlySpan<byte>((void*)bytes, count).ToArray()));
        return ((delegate* unmanaged[Cdecl]<nint, nint, int, long, int>)write)(file, bytes, count, at);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Truncate(nint file, long size)
    {
        Remember(file, path => new(path, false, size, null));
        return ((delegate* unmanaged[Cdecl]<nint, long, int>)truncate)(file, size);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Sync(nint file, int flags)
    {
        var code = ((delegate* unmanaged[Cdecl]<nint, int, int>)sync)(file, flags);
        Remember(file, path => new(path, true, 0, null));
        return code;
    }

    static void Remember(nint file, Func<string, Step> step)
    {
        lock (Gate)
        {
            if (Files.GetValueOrDefault(file) is { } path && Recordings.FirstOrDefault(one => one.IsAbout(path)) is { } recording)
            {
                recording.Add(step(path));
            }
        }
    }

    /// <summary>What the disk may hold after a cut that comes when so many steps were asked for: all that was synced, and of the rest each write wholly, in part or not at all.</summary>
    /// <param name="folder">Where the files are put; those that were there when recording began are there already.</param>
    public static void Restore(IReadOnlyList<Step> steps, int cut, string folder, Random random)
    {
        foreach (var file in steps.Take(cut).GroupBy(step => step.File))
        {
            var own = file.ToList();
            var synced = own.FindLastIndex(step => step.Syncs);
            using var image = new FileStream(Path.Combine(folder, Path.GetFileName(file.Key)), FileMode.OpenOrCreate, FileAccess.Write);
            for (var place = 0; place < own.Count; place++)
            {
                if (!own[place].Syncs && (place < synced || random.Next(2) == 0))
                {
                    Apply(image, own[place], place < synced || random.Next(3) > 0 ? int.MaxValue : 512 * random.Next(9));
                }
            }
        }
    }

    static void Apply(FileStream image, Step step, int most)
    {
        if (step.Bytes is not { } bytes)
        {
            image.SetLength(Math.Min(step.At, image.Length));
            return;
        }

        image.Position = step.At;
        image.Write(bytes.AsSpan(0, Math.Min(most, bytes.Length)));
    }

    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    static extern nint sqlite3_vfs_find(nint name);

    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    static extern int sqlite3_vfs_register(nint vfs, int makeDefault);
}
