using System.ComponentModel.DataAnnotations;

namespace Orkestron.Journal;

/// <summary>Limits of the journal. Every queue, batch, payload and wait has one.</summary>
public sealed class JournalOptions
{
    /// <summary>Rows (events, row changes, snapshots, states) that may wait to be written. More is refused: retry later.</summary>
    /// <value>The default is 200,000 rows.</value>
    [Range(1, 10_000_000)]
    public int MaxQueuedRows { get; set; } = 200_000;

    /// <summary>Bytes that may wait to be written.</summary>
    /// <value>The default is 128 MiB.</value>
    [Range(1_024, 4_294_967_296)]
    public long MaxQueuedBytes { get; set; } = 128L << 20;

    /// <summary>Rows of one transaction. A single append may exceed it: it is then written alone.</summary>
    /// <value>The default is 4,096 rows.</value>
    [Range(1, 100_000)]
    public int MaxBatchRows { get; set; } = 4_096;

    /// <summary>Bytes of one transaction. A single append may exceed it: it is then written alone.</summary>
    /// <value>The default is 8 MiB.</value>
    [Range(1_024, 268_435_456)]
    public long MaxBatchBytes { get; set; } = 8L << 20;

    /// <summary>Connections that read, at most. A read that finds all in use waits for one.</summary>
    /// <value>The default is 20 connections.</value>
    [Range(1, 200)]
    public int MaxReadConnections { get; set; } = 20;

    /// <summary>Events of one append.</summary>
    /// <value>The default is 1,000 events.</value>
    [Range(1, 100_000)]
    public int MaxAppendEvents { get; set; } = 1_000;

    /// <summary>Row changes of one append.</summary>
    /// <value>The default is 5,000 changes.</value>
    [Range(1, 100_000)]
    public int MaxAppendRows { get; set; } = 5_000;

    /// <summary>Bytes of one append, all its parts together, and of one stored state.</summary>
    /// <value>The default is 32 MiB.</value>
    [Range(1_024, 268_435_456)]
    public long MaxAppendBytes { get; set; } = 32L << 20;

    /// <summary>UTF-8 bytes of a row's key, and of the indexed columns of a row: PostgreSQL takes up to 2,704.</summary>
    /// <value>The default is 2,000 bytes.</value>
    [Range(64, 2_600)]
    public int MaxIndexedBytes { get; set; } = 2_000;

    /// <summary>The first wait before a store that is down is tried again; doubled up to <see cref="MaxBackoff"/>.</summary>
    /// <value>The default is 100 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan MinBackoff { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait before a store that is down is tried again.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one command may take before the store counts as down.</summary>
    /// <value>The default is 30 seconds.</value>
    [Range(1, 600)]
    public int CommandTimeoutSeconds { get; set; } = 30;

    /// <summary>How many subjects' keys, and how many derived keys, are kept in memory.</summary>
    /// <value>The default is 20,000 keys.</value>
    [Range(16, 1_000_000)]
    public int MaxCachedKeys { get; set; } = 20_000;

    /// <summary>How long a key is kept in memory: how long after an erasure another process may still open its content.</summary>
    /// <value>The default is 60 seconds.</value>
    [Range(1, 3_600)]
    public int KeyCacheSeconds { get; set; } = 60;

    /// <summary>
    /// The master key that wraps the subjects' keys: 32 bytes, base64. When null, a file <c>master.key</c> in the key
    /// folder, made on first start. All nodes of a cluster must share it.
    /// </summary>
    public string? MasterKeyBase64 { get; set; }

    /// <summary>
    /// The folder of the file <c>master.key</c>, to keep it on another disk than the data that it opens. When null, the key
    /// folder.
    /// </summary>
    public string? MasterKeyFolder { get; set; }

    /// <summary>
    /// PostgreSQL only: where the subjects' keys are, when apart from the journal's database. Backups of the log and of
    /// the keys can then be kept, and forgotten, apart.
    /// </summary>
    public string? KeyConnectionString { get; set; }
}
