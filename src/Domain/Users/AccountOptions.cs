using System.ComponentModel.DataAnnotations;

namespace Orkestron.Domain.Users;

/// <summary>Limits of signing in. Section <c>Orkestron:Accounts</c>.</summary>
public sealed class AccountOptions
{
    /// <summary>Iterations of PBKDF2 with HMAC-SHA512 for a new password (OWASP: 210,000 or more).</summary>
    /// <value>The default is 210,000 iterations.</value>
    [Range(1_000, 10_000_000)]
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>Passwords that are hashed or wait for it on one node. More are told to come back.</summary>
    /// <value>The default is 64 passwords, which take about six seconds.</value>
    [Range(1, 10_000)]
    public int MaxPasswordsWaiting { get; set; } = 64;

    /// <summary>Wrong passwords in a row from one place (a network address, or a known device) before it has to wait.</summary>
    /// <value>The default is 5.</value>
    [Range(1, 100)]
    public int FreeFailures { get; set; } = 5;

    /// <summary>The first wait; doubled with each further wrong password up to <see cref="MaxWait"/>.</summary>
    /// <value>The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait.</summary>
    /// <value>The default is 15 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Browser sessions that one user may have at once. One more ends the one that was unused the longest.</summary>
    /// <value>The default is 50.</value>
    [Range(1, 1_000)]
    public int MaxSessions { get; set; } = 50;

    /// <summary>
    /// Wrong passwords at one e-mail address in <see cref="SharedPeriod"/> from all network addresses and devices that never
    /// gave a right one. Beyond it these have to wait for each try; known ones do not.
    /// </summary>
    /// <value>The default is 100.</value>
    [Range(1, 1_000_000)]
    public int SharedFailures { get; set; } = 100;

    /// <summary>The time in which <see cref="SharedFailures"/> come back, evenly.</summary>
    /// <value>The default is 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan SharedPeriod { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Places whose wrong passwords are counted for one e-mail address.</summary>
    /// <value>The default is 1,000; the one that was wrong longest ago is forgotten.</value>
    [Range(1, 1_000_000)]
    public int MaxSignInPlaces { get; set; } = 1_000;

    /// <summary>Network addresses that are known to have given the right password for one e-mail address.</summary>
    /// <value>The default is 20.</value>
    [Range(1, 10_000)]
    public int MaxKnownAddresses { get; set; } = 20;

    /// <summary>Accounts that may be opened with one e-mail address, as long as nothing proves whose it is.</summary>
    /// <value>The default is 50.</value>
    [Range(1, 10_000)]
    public int MaxAccountsPerEmail { get; set; } = 50;

    /// <summary>Accounts that one network address (of IPv6: one /64) opens in a day without more.</summary>
    /// <value>The default is 20.</value>
    [Range(0, 10_000_000)]
    public int FreeAccounts { get; set; } = 20;

    /// <summary>Accounts that one network address opens in a day at most; those beyond the free ones for a proof of work.</summary>
    /// <value>The default is 200.</value>
    [Range(1, 10_000_000)]
    public int MaxAccounts { get; set; } = 200;

    /// <summary>How often an address beyond the free ones opens an account without a proof of work.</summary>
    /// <value>The default is 15 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan AccountWithoutProofEvery { get; set; } = TimeSpan.FromMinutes(15);
}
