using Microsoft.AspNetCore.Hosting;
using Orkestron.Silo.Hosting;
using Orkestron.Web.Startup;

RegexLimit.Set();
try
{
    var app = WebHost.Build(args);
    await using (app.ConfigureAwait(false))
    {
        if (PortsInUse.Sentence(app.Configuration[WebHostDefaults.ServerUrlsKey]) is { } taken)
        {
            await Console.Error.WriteLineAsync(taken).ConfigureAwait(false);
            return 1;
        }

        await app.RunAsync().ConfigureAwait(false);
    }

    return 0;
}
catch (Exception fault) when (StartFaults.Sentence(fault) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence).ConfigureAwait(false);
    return 1;
}
