using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orkestron.Web.Tests.Hosting;

/// <summary>A certificate for this machine, made for one test.</summary>
internal static class TestCertificate
{
    public const string Subject = "CN=orkestron-test";

    /// <summary>Makes the certificate and its key in a file; the command line that has Kestrel use it.</summary>
    public static string[] Make(string folder)
    {
        var file = Path.Combine(folder, "https.pfx");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx, Subject));
        return ["--Kestrel:Certificates:Default:Path", file, "--Kestrel:Certificates:Default:Password", Subject];
    }
}
