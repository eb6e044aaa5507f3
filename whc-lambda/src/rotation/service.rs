//! Replaces the tasks of a service, which read the password at their start.

use aws_config::SdkConfig;
use aws_sdk_ecs::Client;
use aws_sdk_secretsmanager::primitives::DateTime;
use whc_aws::failed;
use whc_core::{Error, Result};

use super::EcsService;

#[derive(Debug)]
pub(super) struct Service {
    client: Client,
    names: EcsService,
}

impl Service {
    pub(super) fn new(names: EcsService, settings: &SdkConfig) -> Self {
        Self { client: Client::new(settings), names }
    }

    /// Replaces all tasks, unless a deployment began after this time.
    pub(super) async fn deploy_since(&self, changed: Option<DateTime>) -> Result<()> {
        if changed.is_some() && self.began().await? >= changed {
            return Ok(());
        }
        let EcsService { cluster, service } = &self.names;
        let update = self.client.update_service().cluster(cluster).service(service);
        let update = update.force_new_deployment(true).send().await;
        update.map_err(|error| failed("ECS does not deploy the service anew", &error))?;
        tracing::info!(cluster, service, "the service is deployed anew");
        Ok(())
    }

    /// When the last deployment of the service began.
    async fn began(&self) -> Result<Option<DateTime>> {
        let EcsService { cluster, service } = &self.names;
        let found = self.client.describe_services().cluster(cluster).services(service).send().await;
        let found = found.map_err(|error| failed("ECS does not tell of the service", &error))?;
        let service = found.services().first().ok_or_else(|| {
            Error::unavailable("ECS knows no such service").with_source(format!("{service} in {cluster}"))
        })?;
        Ok(service.deployments().iter().filter_map(|deployment| deployment.created_at).max())
    }
}
