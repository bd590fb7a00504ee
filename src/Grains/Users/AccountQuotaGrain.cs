using Microsoft.Extensions.Options;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;

namespace Orkestron.Grains.Users;

[GrainType("account-quota")]
internal sealed class AccountQuotaGrain(IOptions<AccountOptions> options, TimeProvider clock) : Grain, IAccountQuotaGrain
{
    private readonly AccountQuotaCount _count = new(options.Value);

    public Task<AccountQuota> GetAsync() => Task.FromResult(_count.Look(clock.GetUtcNow()));

    public Task<AccountQuota> TakeAsync(string? proof)
    {
        DelayDeactivation(AccountQuotaCount.Day);
        return Task.FromResult(_count.Take(proof, clock.GetUtcNow()));
    }

    public Task GiveBackAsync()
    {
        _count.GiveBack();
        return Task.CompletedTask;
    }
}
