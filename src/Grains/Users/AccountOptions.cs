using System.ComponentModel.DataAnnotations;

namespace Orkestron.Grains.Users;

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

    /// <summary>Wrong passwords in a row before the address has to wait.</summary>
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
}
