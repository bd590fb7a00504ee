using System.ComponentModel.DataAnnotations;

namespace Orkestron.Grains.Wallets;

/// <summary>Limits of wallets. Section <c>Orkestron:Wallets</c>.</summary>
public sealed class WalletOptions
{
    /// <summary>Open holds of one wallet: tasks that may run at once.</summary>
    /// <value>The default is 10,000 holds.</value>
    [Range(1, 100_000)]
    public int MaxHolds { get; set; } = 10_000;

    /// <summary>How old a hold is before its task is asked whether it is still wanted.</summary>
    /// <value>The default is 2 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan OrphanAge { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Tasks asked at once about old holds.</summary>
    /// <value>The default is 32 tasks.</value>
    [Range(1, 1_000)]
    public int MaxAsked { get; set; } = 32;

    /// <summary>Resolved commands that are known without a look into the ledger.</summary>
    /// <value>The default is 131,072 commands of about 200 bytes; each is kept for twice <see cref="MaxClockSkew"/>.</value>
    [Range(16, 10_000_000)]
    public int MaxRemembered { get; set; } = 131_072;

    /// <summary>How far the clocks of two nodes may differ.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan MaxClockSkew { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Play tokens of a new account, micro-tokens.</summary>
    /// <value>The default is 100,000,000: 100 tokens.</value>
    [Range(0, 1_000_000_000_000)]
    public long AccountGrantMicro { get; set; } = 100_000_000;

    /// <summary>Play tokens of a guest, micro-tokens. An upgrade gives the difference.</summary>
    /// <value>The default is 20,000,000: 20 tokens.</value>
    [Range(0, 1_000_000_000_000)]
    public long GuestGrantMicro { get; set; } = 20_000_000;
}
