using System.Text;

namespace Orkestron.Agents.Isolation;

/// <summary>The end of what a process wrote to standard error, for instance why its runtime gave up.</summary>
internal sealed class ErrorOutput
{
    private const int Most = 8_192;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly Thread _reader;

    public ErrorOutput(Stream errors)
    {
        _reader = new Thread(() => Read(errors)) { IsBackground = true, Name = "worker errors" };
        _reader.Start();
    }

    public string Text
    {
        get
        {
            lock (_lock)
            {
                return _text.ToString();
            }
        }
    }

    /// <summary>Waits until all is read, once the process has ended.</summary>
    public void Wait() => _reader.Join(Patience);

    private void Read(Stream errors)
    {
        var part = new byte[1_024];
        try
        {
            while (errors.Read(part) is > 0 and var count)
            {
                lock (_lock)
                {
                    _text.Append(Encoding.UTF8.GetString(part, 0, count));
                    _text.Remove(0, Math.Max(0, _text.Length - Most));
                }
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // Nothing more is said.
        }
    }
}
