internal import ModuleKit

/// What a genesis document says to the host, in `app_state.host`.
///
///     { "authority": "mesh1…",
///       "instances": [
///         { "module": "bank", "label": "bank", "configuration": {}, "admin": "mesh1…",
///           "grants": [ "bank/mint", { "privilege": "bank/burn", "cap": "1000" } ] } ] }
///
/// Without `instances`, one instance of each registered module stands under the module's name, with grants of its own
/// module's privileges. Without `authority`, nobody can change a grant.
struct HostGenesis {
    /// One instance to deploy.
    struct Deployment {
        var module: String
        var label: String
        var configuration: JSONValue = .object(JSONObject())
        var admin = ""
        var grants: [GrantEntry]
    }

    /// A grant to give, as it is written; nothing is checked yet.
    struct GrantEntry {
        let privilege: String
        /// Decimal; empty for none.
        let cap: String
        /// Where it stands in the document.
        let path: String
    }

    /// Who may decide on grants.
    let authority: Address?
    /// The instances, in the order of their numbers.
    let deployments: [Deployment]

    /// Reads the section; without one, there is no authority, and the usual instances are deployed.
    init(
        _ appState: JSONField,
        _ registry: ModuleRegistry,
        _ addresses: AddressPrefixes,
        _ report: inout GenesisReport
    ) throws(ModuleError) {
        guard let section = appState["host"].optional else {
            authority = nil
            deployments = Self.usualDeployments(registry)
            return
        }
        report.claim("host")
        try report.skipMembers(of: section, besides: ["authority", "instances"], at: "app_state.host")
        authority = try section["authority"].optional?.address(addresses, as: .account)
        guard let instances = section["instances"].optional else {
            deployments = Self.usualDeployments(registry)
            return
        }
        var deployments: [Deployment] = []
        for instance in try instances.array() { deployments.append(try Deployment(instance, addresses, &report)) }
        self.deployments = deployments
    }

    private static func usualDeployments(_ registry: ModuleRegistry) -> [Deployment] {
        registry.standardModules.map { module in
            let name = module.manifest.name
            let grants = module.privileges.map {
                GrantEntry(privilege: $0.name, cap: "", path: "the usual grants of \(name)")
            }
            return Deployment(module: name, label: name, grants: grants)
        }
    }
}

extension HostGenesis.Deployment {
    fileprivate init(_ instance: JSONField, _ addresses: AddressPrefixes, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        let path = "app_state.host.instances[]"
        let names = ["module", "label", "configuration", "admin", "grants"]
        try report.skipMembers(of: instance, besides: names, at: path)
        module = try instance["module"].string()
        label = try instance["label"].string()
        if let configuration = instance["configuration"].optional { self.configuration = try configuration.required() }
        if let admin = instance["admin"].optional, try !admin.string().isEmpty {
            self.admin = addresses.format(try admin.address(addresses, as: .account), as: .account)
        }
        grants = []
        for grant in try instance["grants"].optional?.array() ?? [] {
            if case .string(let privilege) = grant.value {
                grants.append(HostGenesis.GrantEntry(privilege: privilege, cap: "", path: grant.path))
                continue
            }
            try report.skipMembers(of: grant, besides: ["privilege", "cap"], at: path + ".grants[]")
            grants.append(
                HostGenesis.GrantEntry(
                    privilege: try grant["privilege"].string(),
                    cap: try grant["cap"].optional?.amount().description ?? "",
                    path: grant.path
                )
            )
        }
    }
}

extension GenesisReport {
    /// Lists the members of an object that mean nothing here.
    fileprivate mutating func skipMembers(of object: JSONField, besides known: [String], at path: String)
        throws(ModuleError)
    {
        for (name, member) in try object.members() where !known.contains(name) {
            skip("\(path).\(name)", "the host knows no such member", example: member.path)
        }
    }
}
