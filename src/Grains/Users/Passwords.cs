using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Orkestron.Grains.Users;

/// <summary>Hashes and checks passwords off the grains' threads: each takes about a tenth of a second of a core.</summary>
internal sealed class Passwords(IOptions<AccountOptions> options) : IDisposable
{
    // Hashing must leave a core for everything else.
    private readonly SemaphoreSlim _gate = new(Math.Max(1, Environment.ProcessorCount - 1));

    private readonly PasswordHasher<EmailRecord> _hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordIterations }));

    private string? _nobody;
    private int _running;

    /// <summary>Whether so many passwords wait that another one is to come back later.</summary>
    public bool Busy => Volatile.Read(ref _running) >= options.Value.MaxPasswordsWaiting;

    public Task<string> HashAsync(string password) => RunAsync(() => _hasher.HashPassword(null!, password));

    /// <summary>Whether the password is the hash's. Without a hash the same work is done, and the answer is no.</summary>
    public Task<bool> IsRightAsync(string? hash, string password) => RunAsync(() =>
    {
        var against = string.IsNullOrEmpty(hash) ? _nobody ??= _hasher.HashPassword(null!, Guid.NewGuid().ToString()) : hash;
        return _hasher.VerifyHashedPassword(null!, against, password) != PasswordVerificationResult.Failed
            && !string.IsNullOrEmpty(hash);
    });

    public void Dispose() => _gate.Dispose();

    private async Task<T> RunAsync<T>(Func<T> work)
    {
        Interlocked.Increment(ref _running);
        try
        {
            await _gate.WaitAsync();
            try
            {
                return await Task.Run(work);
            }
            finally
            {
                _gate.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
