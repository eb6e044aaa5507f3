//! A client of progenitor: what it gets has the types of the description.

progenitor::generate_api!(spec = "api.json", interface = Builder);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let service = std::env::args().nth(1).ok_or("the address of the service is missing")?;
    let client = Client::new(&service);

    let page: types::SitePage = client.list_sites().limit(2).send().await?.into_inner();
    let first = page.data.first().ok_or("no site")?;
    println!("Rust: {:?} {:?}", first.id, first.name);
    Ok(())
}
